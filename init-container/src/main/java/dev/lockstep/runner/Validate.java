package dev.lockstep.runner;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Do scripts and history tell the same past?
@Command(description = "Check that the scripts can be read, form a graph and agree with the database's history.")
final class Validate implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Limits limits = new Limits();

    Validate(Cli cli) {
        this.cli = cli;
    }

    private record Shown(boolean valid, int applied, int pending) {}

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var policy = new Policy(true, false, Optional.empty(), "");
        var settings = limits.settings("validate", Goal.up("heads"), policy, Optional.of("never"));
        var plan = Engine.plan(dialect, graph, settings);
        int applied = Engine.history(dialect).applied().size();
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
