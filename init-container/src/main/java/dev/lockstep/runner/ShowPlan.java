package dev.lockstep.runner;

import dev.lockstep.engine.Engine;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Policy;
import dev.lockstep.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `upgrade` would do.
@Command(description = "Show what upgrade would do to reach TARGET. Changes nothing.")
final class ShowPlan implements Cli.Verb {
    /// Exit status for pending changes, as terraform's plan has made it known.
    private static final int PENDING = 3;

    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Limits limits = new Limits();

    @Parameters(arity = "0..1", paramLabel = "TARGET", defaultValue = "head", description = "As for upgrade.")
    private String target = "head";

    @Option(names = "--detailed-exitcode", description = "Exit 3 if something is pending, 0 if not.")
    private boolean detailed;

    ShowPlan(Cli cli) {
        this.cli = cli;
    }

    /// One line of the plan.
    ///
    /// @param held why it would wait; `no` if it would run
    private record Line(
            String revision,
            String description,
            String phase,
            boolean destructive,
            boolean breaking,
            String file,
            String held) {
        static Line of(Step step, String held) {
            return new Line(
                    step.number(),
                    step.script().description(),
                    step.phase().word(),
                    step.destructive(),
                    step.breaking(),
                    step.script().file(),
                    held);
        }

        String text() {
            var marks = (destructive ? ", loses data" : "") + (breaking ? ", breaks older code" : "");
            return "%-16s %-9s %s%s%s"
                    .formatted(revision, phase, file, marks, held.equals("no") ? "" : ", waits: " + held);
        }
    }

    private record Shown(Optional<String> target, boolean ahead, Optional<String> hash, List<Line> steps) {}

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var policy = new Policy(true, true, Optional.empty(), Place.identity(dialect.address()));
        var settings = limits.settings("plan", target, policy, Optional.of("never"));
        var plan = Engine.plan(dialect, place.graph(dialect, cli), settings);
        show(plan);
        return detailed && !(plan.steps().isEmpty() && plan.held().isEmpty()) ? PENDING : 0;
    }

    private void show(Plan plan) {
        var lines = new ArrayList<Line>();
        plan.steps().forEach(step -> lines.add(Line.of(step, "no")));
        for (Held held : plan.held()) {
            lines.add(Line.of(held.step(), held.reason().name()));
        }
        var shown = new Shown(plan.target().newest().map(Object::toString), plan.ahead(), plan.hash(), lines);
        var out = cli.world().out();
        if (cli.output() == Output.json) {
            out.println(Json.write(shown));
            return;
        }
        lines.forEach(line -> out.println(line.text()));
        shown.hash().ifPresent(hash -> out.println("approve with: --approve " + hash));
        if (lines.isEmpty()) {
            out.println(plan.ahead() ? "the database is ahead of the target" : "nothing to do");
        }
    }
}
