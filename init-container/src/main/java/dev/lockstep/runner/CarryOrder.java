package dev.lockstep.runner;

import dev.lockstep.backup.Terms;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Drift;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Outcome;
import dev.lockstep.engine.Settings;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Bounds;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import dev.lockstep.handover.Report;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Policy;
import dev.lockstep.script.Conventions;
import dev.lockstep.script.Folder;
import dev.lockstep.script.Naming;
import dev.lockstep.script.Placeholders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The Job's verb: an Order comes in by the environment, a Report goes out by the termination message.
@Command(hidden = true, description = "Carry out the Order in LOCKSTEP_ORDER and report. For the operator's Jobs.")
final class CarryOrder implements Cli.Verb {
    private final Cli cli;

    @Option(names = "--order", hidden = true, defaultValue = "${env:LOCKSTEP_ORDER}")
    private Optional<String> order = Optional.empty();

    @Option(names = "--pg-bin", hidden = true, defaultValue = "${env:LOCKSTEP_PG_BIN}")
    private Optional<Path> tools = Optional.empty();

    CarryOrder(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        var report = report().worded(FieldWords::of);
        cli.screen().end(report, List.of());
        Termination.write(cli.world(), Reports.fitting(report));
        return Exits.of(report);
    }

    private Report report() {
        try {
            return carryOut(Json.order(order.orElse("")));
        } catch (Refusal refusal) {
            return Reports.of(refusal.failure());
        } catch (RuntimeException | StackOverflowError defect) {
            defect.printStackTrace(cli.world().err());
            return Reports.of(new Failure(
                    Code.Defect,
                    "",
                    "the runner has a defect (" + defect.getClass().getSimpleName() + ")",
                    "report the log"));
        }
    }

    private Report carryOut(Order order) throws Refusal {
        Deadline.start(Duration.ofMillis(order.deadlineMillis()), cli.world().stop());
        var dialect = Dialect.of(address(order.database()));
        if (order.verb().equals(Order.DRIFT)) return drift(dialect, order);
        var folder = new Mounts(cli.world().root()).scripts(order.files());
        var unseen = asOrdered(folder, order.files());
        var graph = project(folder, order).graph(dialect, cli.world().clock().instant(), cli.screen());
        if (order.amendment().isPresent()) {
            return amend(dialect, graph, order, order.amendment().get());
        }
        var up = upwards(dialect, graph, order);
        if (!order.mayDowngrade() || !leadsDown(up, order.target())) {
            return Reports.of(up).of(unseen);
        }
        var down = engine(dialect, graph, order, Direction.down).run();
        var report = order.contract() == Order.Contract.Go ? Reports.of(down) : Reports.ahead(down);
        return report.of(unseen);
    }

    /// A run that finds tables and no history has looked and done nothing yet.
    private Outcome upwards(Dialect dialect, Graph graph, Order order) throws Refusal {
        var up = engine(dialect, graph, order, Direction.up).run();
        if (order.baseline().isEmpty() || !up.failure().map(Failure::code).equals(Optional.of(Code.NeedsBaseline)))
            return up;
        var around = cli.world().surroundings(cli.screen());
        new AmendOrder(dialect, graph, settings(order, dialect, Direction.up), around)
                .adopt(order.baseline().get());
        return engine(dialect, graph, order, Direction.up).run();
    }

    /// @return what the scripts are, where the Order does not say
    private static Optional<String> asOrdered(Path folder, Order.Files files) throws Refusal {
        var scripts = Folder.read(folder);
        if (scripts.isEmpty()) {
            throw new Refusal(
                    Code.FilesMissing,
                    files.source(),
                    "no scripts are there",
                    "add .sql files; the run is tried again");
        }
        if (files.digest().isPresent()) {
            refuseOthers(files.digest(), Digest.of(Folder.everything(folder)), files);
            return Optional.empty();
        }
        var read = Digest.of(scripts);
        refuseOthers(files.before(), read, files);
        return Optional.of(read);
    }

    private static void refuseOthers(Optional<String> ordered, String read, Order.Files files) throws Refusal {
        if (ordered.filter(it -> !it.equals(read)).isPresent()) {
            throw new Refusal(
                    Code.PlanChanged,
                    files.source(),
                    "the scripts are not those that the Order names",
                    "the next run uses the new ones");
        }
    }

    /// No script is looked at.
    private Report drift(Dialect dialect, Order order) throws Refusal {
        var settings = settings(order, dialect, Direction.up);
        var answer = new Drift(dialect, settings, cli.world().surroundings(cli.screen())).ask();
        if (answer instanceof Drift.Answer.Differs(var lines)) {
            lines.forEach(cli.world().out()::println);
            throw DriftVerb.refusal(dialect, lines);
        }
        return Reports.nothing();
    }

    private Report amend(Dialect dialect, Graph graph, Order order, String words) throws Refusal {
        var settings = settings(order, dialect, Direction.up);
        var around = cli.world().surroundings(cli.screen());
        var changes = new AmendOrder(dialect, graph, settings, around).carryOut(words);
        changes.forEach(cli.world().out()::println);
        return Reports.nothing();
    }

    private Engine engine(Dialect dialect, Graph graph, Order order, Direction direction) {
        return new Engine(
                dialect,
                graph,
                settings(order, dialect, direction),
                cli.world().surroundings(new ProgressLog(cli.screen())));
    }

    /// Past the target; or so far past it that code of that revision could not live there, which the way down mends.
    private static boolean leadsDown(Outcome up, String target) {
        var code = up.failure().map(Failure::code);
        return up.plan().filter(Plan::ahead).isPresent()
                || code.equals(Optional.of(Code.PastContract))
                || code.equals(Optional.of(Code.GraphInvalid)) && target.equals("base");
    }

    private Address address(Order.Database database) throws Refusal {
        var address = new Mounts(cli.world().root()).address(database);
        return database.historyTable().map(address::recordedIn).orElse(address);
    }

    private static Project project(Path folder, Order order) {
        var placeholders = Placeholders.NONE.with(order.files().placeholders().orElse(Map.of()));
        return new Project(List.of(folder), new Conventions(Naming.FLYWAY, placeholders, false));
    }

    private static Policy.Asks asks(Order.Approval approval) {
        return switch (approval) {
            case Never -> Policy.Asks.never;
            case Destructive -> Policy.Asks.destructive;
            case Contract -> Policy.Asks.contract;
            case Always -> Policy.Asks.always;
        };
    }

    private Settings settings(Order order, Dialect dialect, Direction direction) {
        var policy = new Policy(
                order.contract() == Order.Contract.Go,
                asks(order.approval()),
                order.approvedPlan(),
                Place.identity(dialect.address()));
        var saving = terms(order.backup())
                .map(it ->
                        new Settings.Saving(at(Places.BACKUPS), order.backup().keep(), tools, it));
        return new Settings(
                order.run(),
                new Goal(
                        direction,
                        order.target(),
                        direction == Direction.up && takesBack(order),
                        order.contract() == Order.Contract.CloseGate,
                        order.mayDowngrade()),
                policy,
                Duration.ofMillis(order.locks().timeoutMillis()),
                Duration.ofMillis(order.locks().budgetMillis()),
                order.bounds().map(CarryOrder::bounds).orElse(Settings.Bounds.USUAL),
                saving,
                Optional.of(new Settings.Owner(order.resource(), order.takesOver())));
    }

    /// @return absent: nothing is saved
    private static Optional<Terms> terms(Order.Backup backup) {
        var scope = switch (backup.scope().orElse(Order.Backup.Scope.Schema)) {
            case Schema -> Terms.Scope.Schema;
            case Touched -> Terms.Scope.Touched;
        };
        var proof = switch (backup.verify().orElse(Order.Backup.Verify.Decode)) {
            case Decode -> Terms.Proof.Decode;
            case Restore -> Terms.Proof.Restore;
        };
        var occasion = switch (backup.when()) {
            case Never -> Optional.<Terms.Occasion>empty();
            case Always -> Optional.of(Terms.Occasion.Always);
            case Destructive -> Optional.of(Terms.Occasion.Destructive);
        };
        var external = backup.external().map(it -> new Terms.External(it.name()));
        return occasion.map(it -> new Terms(it, scope, backup.maxBytes(), proof, external));
    }

    private static boolean takesBack(Order order) {
        return switch (order.onFailure().orElse(Order.OnFailure.Stop)) {
            case Stop -> false;
            case Downgrade -> true;
        };
    }

    private static Settings.Bounds bounds(Bounds said) {
        var usual = Settings.Bounds.USUAL;
        return new Settings.Bounds(
                said.maxReplicaLagMillis().map(Duration::ofMillis).orElse(usual.replicaLag()),
                said.maxTransactionAgeMillis().map(Duration::ofMillis).orElse(usual.transactionAge()),
                said.batchRows().map(it -> Math.max(1, it)).or(usual::batchRows),
                said.batchPauseMillis().map(Duration::ofMillis).orElse(usual.batchPause()));
    }

    private Path at(String place) {
        return cli.world().root().resolve(place.substring(1));
    }
}
