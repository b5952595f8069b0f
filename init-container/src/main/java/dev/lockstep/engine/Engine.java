package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.backup.Backups;
import dev.lockstep.backup.PostgresDump;
import dev.lockstep.backup.SqliteCopy;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Session.Seen;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Callback;
import dev.lockstep.script.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One run against one database: look, lock, look again, save, execute, look once more.
public final class Engine {
    private final Dialect dialect;
    private final Graph graph;
    private final Settings settings;
    private final Surroundings around;
    private Optional<Plan> plan = Optional.empty();
    private Optional<Backup> backup = Optional.empty();
    private Optional<String> revision = Optional.empty();
    private List<Applied> applied = List.of();
    private List<String> blockers = List.of();

    /// What comes from outside.
    ///
    /// @param random for the jitter of waits
    public record Surroundings(InstantSource clock, RandomGenerator random, Stop stop, Event.Listener listener) {}

    public Engine(Dialect dialect, Graph graph, Settings settings, Surroundings around) {
        this.dialect = dialect;
        this.graph = graph;
        this.settings = settings;
        this.around = around;
    }

    /// Runs; every expected failure is in the outcome.
    public Outcome run() {
        Optional<Refusal> refusal = Optional.empty();
        try (var session = Session.open(dialect, "lockstep/" + settings.run(), true)) {
            around.stop().watch(session.connection(), dialect);
            run(session);
        } catch (Refusal e) {
            refusal = Optional.of(around.stop().asked().map(Stop::refusal).orElse(e));
        } finally {
            around.stop().forget();
        }
        return new Outcome(refusal.map(Refusal::failure), revision, plan, backup, applied, blockers);
    }

    /// Makes the plan and changes nothing.
    public static Plan plan(Dialect dialect, Graph graph, Settings settings) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/plan", false)) {
            var seen = session.look();
            session.refuseUnfit(seen);
            return plan(graph, settings, seen);
        }
    }

    private static Plan plan(Graph graph, Settings settings, Seen seen) throws Refusal {
        var plan = Plan.of(graph, seen.history(), settings.target(), settings.policy(), seen.building());
        Outside.refuseUnfinished(plan, seen.ledger());
        return plan;
    }

    /// Reads the history and changes nothing.
    public static History history(Dialect dialect) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/history", false)) {
            return session.look().history();
        }
    }

    private void run(Session session) throws Refusal {
        var seen = look(session);
        session.refuseIndirect(seen);
        if (isSettled(seen)) {
            return;
        }
        var lock = new Locking(session, settings, around).take();
        try {
            around.stop().check();
            var now = look(session);
            if (!isSettled(now)) {
                change(session, now);
            }
        } finally {
            lock.close();
        }
    }

    private Seen look(Session session) throws Refusal {
        var seen = session.look();
        session.refuseUnfit(seen);
        revision = seen.history().newest().map(Version::text);
        plan = Optional.of(plan(graph, settings, seen));
        return seen;
    }

    private List<Step> steps() {
        return plan.map(Plan::steps).orElse(List.of());
    }

    private boolean isSettled(Seen seen) {
        boolean ahead = plan.filter(Plan::ahead).isPresent();
        return steps().isEmpty()
                && graph.callbacks().stream().noneMatch(Callback::always)
                && (ahead || new Gate(graph, plan.orElseThrow()).isOpen(seen));
    }

    private void change(Session session, Seen seen) throws Refusal {
        if (!steps().isEmpty()) {
            save(session, seen);
        }
        if (!steps().isEmpty() || graph.callbacks().stream().anyMatch(Callback::always)) {
            execute(session, seen);
        }
        var after = session.look();
        revision = after.history().newest().map(Version::text);
        confirm(after.history());
        new Gate(graph, plan.orElseThrow()).open(session, after);
    }

    private void save(Session session, Seen seen) throws Refusal {
        if (seen.building() || settings.backups().isEmpty()) {
            return;
        }
        var saving = settings.backups().get();
        around.listener().hear(new Event.BackingUp(saving.folder().toString()));
        var copying = switch (dialect.address()) {
            case Address.Postgresql postgresql ->
                new PostgresDump(
                        postgresql,
                        saving.tools(),
                        line -> around.listener().hear(new Event.Detail(line)),
                        around.stop()::check,
                        () -> session.on(dialect::standing));
            case Address.Sqlite sqlite -> new SqliteCopy(session.connection(), dialect);
        };
        var backups = new Backups(saving.folder(), saving.keep(), dialect.address());
        var taken = backups.take(seen.history().head(), around.clock().instant(), copying);
        backup = Optional.of(taken);
        around.listener().hear(new Event.BackedUp(taken));
        around.stop().check();
    }

    private void execute(Session session, Seen seen) throws Refusal {
        var callbacks = new Callbacks(session, graph.callbacks());
        var attempts = new Attempts(session, settings, around, callbacks.surroundEach());
        var execution =
                new Execution(session, settings, attempts, around, steps().size(), seen, callbacks.surroundEach());
        try {
            FlywayAdapter.migrate(session, steps(), execution, callbacks);
            execution.committed();
        } finally {
            applied = execution.applied();
            execution.end();
            blockers = attempts.blockers();
            attempts.close();
        }
    }

    /// Done is what the database says, not what was meant.
    private void confirm(History history) throws Refusal {
        for (var step : steps()) {
            var script = step.script();
            boolean there = script.version()
                    .map(history::has)
                    .orElseGet(() -> Optional.ofNullable(history.repeatables().get(script.description()))
                            .flatMap(entry -> entry.checksum())
                            .equals(Optional.of(script.checksum())));
            if (!there) {
                throw new Refusal(
                        Code.Defect,
                        script.file(),
                        "is not in the history after the run",
                        "keep the log and report it");
            }
        }
    }
}
