package dev.lockstep.runner;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The way down, for people: naming it is its approval.
@Command(description = "Take revisions back down to TARGET by their U scripts, newest first. Asks nothing.")
final class Downgrade implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Limits limits = new Limits();

    @Parameters(
            paramLabel = "TARGET",
            description = "-N, a revision or its unique beginning, or base. What does not descend from it stays.")
    private String target = "";

    @Option(names = "--sql", description = "Print the scripts that would run, and change nothing.")
    private boolean sql;

    Downgrade(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var policy = new Policy(true, Policy.Asks.never, Optional.empty(), Place.identity(dialect.address()));
        var settings = limits.settings("cli", Goal.down(target), policy, Optional.of("backups"));
        if (sql) {
            PlanSql.print(Engine.plan(dialect, graph, settings), cli);
            return 0;
        }
        return Running.run(cli, dialect, graph, settings);
    }
}
