package dev.lockstep.runner;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Past;
import dev.lockstep.handover.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Do scripts and history tell the same past?
@Command(description = "Check that the scripts can be read, form a graph and agree with the database's history.")
final class Validate implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    Validate(Cli cli) {
        this.cli = cli;
    }

    private record Shown(boolean valid, int applied, int pending) {}

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var settings = Limits.without("validate", Goal.up("heads"), Patience.BUDGET);
        var plan = Engine.plan(dialect, graph, settings);
        int applied = Past.of(dialect).history().applied().size();
        if (cli.output() == Output.json) {
            cli.world()
                    .out()
                    .println(Json.write(new Shown(true, applied, plan.steps().size())));
        } else {
            cli.world()
                    .out()
                    .println("valid: " + applied + " applied, " + plan.steps().size() + " pending");
        }
        return 0;
    }
}
