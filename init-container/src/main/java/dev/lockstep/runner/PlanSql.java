package dev.lockstep.runner;

import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Step;
import java.io.PrintStream;

/// A plan's scripts as one text, for somebody who runs them by hand.
final class PlanSql {
    private PlanSql() {}

    static void print(Plan plan, PrintStream out) {
        for (var step : plan.steps()) {
            script(step, "", out);
        }
        for (Held held : plan.held()) {
            script(held.step(), ", waits: " + held.reason(), out);
        }
        if (!plan.steps().isEmpty()) {
            out.println("-- afterwards, so that the history knows: lockstep stamp "
                    + plan.target().newest().map(Object::toString).orElse("base"));
        }
    }

    private static void script(Step step, String remark, PrintStream out) {
        out.println("-- " + step.script().file() + " (" + step.direction() + ", "
                + step.phase().word() + remark + ")");
        out.println(step.script().text().stripTrailing());
        out.println();
    }
}
