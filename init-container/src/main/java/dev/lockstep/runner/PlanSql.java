package dev.lockstep.runner;

import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Step;
import java.util.List;
import java.util.stream.Stream;

/// A plan's scripts as one text, for somebody who runs them by hand.
final class PlanSql {
    private PlanSql() {}

    private record Shown(String revision, String direction, String phase, String file, String held, String sql) {
        static Shown of(Step step, String held) {
            return new Shown(
                    step.number(),
                    step.direction().name(),
                    step.phase().word(),
                    step.script().file(),
                    held,
                    step.script().text().stripTrailing());
        }

        String text() {
            var waits = held.equals("no") ? "" : ", waits: " + held;
            return "-- " + file + " (" + direction + ", " + phase + waits + ")\n" + sql + "\n";
        }
    }

    static void print(Plan plan, Cli cli) {
        var out = cli.world().out();
        var scripts = scripts(plan);
        if (cli.output() == Output.json) {
            out.println(Json.write(scripts));
            return;
        }
        scripts.forEach(script -> out.println(script.text()));
        if (!plan.steps().isEmpty()) {
            out.println("-- afterwards, so that the history knows: lockstep stamp "
                    + plan.target().newest().map(Object::toString).orElse("base"));
        }
    }

    private static List<Shown> scripts(Plan plan) {
        return Stream.concat(
                        plan.steps().stream().map(step -> Shown.of(step, "no")),
                        plan.held().stream().map(PlanSql::shown))
                .toList();
    }

    private static Shown shown(Held held) {
        return Shown.of(held.step(), held.reason().name());
    }
}
