package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Settings;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Policy;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// For people and CI: contract steps run too; before data are lost it asks.
@Command(description = "Apply pending scripts up to TARGET. Contract steps run too; asks before data are lost.")
final class Upgrade implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Limits limits = new Limits();

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = "head",
            description = "head, heads, a revision or its unique beginning, REV+N, LABEL@head or +N; default head.")
    private String target = "head";

    @Option(
            names = "--approve",
            paramLabel = "HASH",
            description = "Approve the steps that lose data, as plan shows them.")
    private Optional<String> approve = Optional.empty();

    @Option(names = "--yes", description = "Approve whatever the plan is.")
    private boolean yes;

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            defaultValue = "${env:LOCKSTEP_ON_FAILURE:-stop}",
            description = "stop, or downgrade: take back what this run applied; default stop. Env: LOCKSTEP_ON_FAILURE")
    private OnFailure onFailure = OnFailure.stop;

    /// What becomes of the steps that a failed run has applied.
    enum OnFailure {
        stop,
        downgrade
    }

    Upgrade(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var word = yes ? Optional.of(Policy.ANY) : approve;
        var settings = settings(dialect, word);
        if (word.isEmpty() && cli.world().terminal().isPresent()) {
            settings = settings(dialect, asked(Engine.plan(dialect, graph, settings)));
        }
        return Running.run(cli, dialect, graph, settings);
    }

    private Settings settings(Dialect dialect, Optional<String> word) throws Refusal {
        var policy = new Policy(true, Policy.Asks.destructive, word, Place.identity(dialect.address()));
        return limits.settings(
                "cli",
                new Goal(Direction.up, target, onFailure == OnFailure.downgrade, false, false),
                policy,
                Optional.of("backups"));
    }

    /// The plan's hash, if somebody at the terminal says yes to it.
    private Optional<String> asked(Plan plan) throws Refusal {
        if (!plan.needsApproval()) {
            return Optional.empty();
        }
        plan.held()
                .forEach(held -> cli.screen()
                        .out()
                        .println("loses data: " + held.step().script().file()));
        return cli.world()
                .ask("Type yes to run these too: ")
                .filter("yes"::equals)
                .flatMap(said -> plan.hash());
    }
}
