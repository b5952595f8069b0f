package dev.lockstep.runner;

import dev.lockstep.lint.Lock;
import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A plan as people and programs read it.
record PlanTable(Optional<String> target, boolean ahead, Optional<String> hash, List<Line> steps) {

    static PlanTable of(Plan plan, Function<Step, List<Touched>> touches) {
        var lines = new ArrayList<Line>();
        plan.steps().forEach(step -> lines.add(Line.of(step, "no", touches.apply(step))));
        for (Held held : plan.held()) {
            lines.add(Line.of(held.step(), held.reason().name(), touches.apply(held.step())));
        }
        return new PlanTable(plan.target().newest().map(Object::toString), plan.ahead(), plan.hash(), lines);
    }

    /// A table that a step locks.
    ///
    /// @param lock PostgreSQL's word; absent where any change locks the whole database
    /// @param work what it does under the lock, as long as the table is large
    /// @param rows about so many; absent without statistics
    record Touched(String table, Optional<String> lock, String work, Optional<Long> rows) {
        static Touched of(Lock lock, Optional<Long> rows, boolean tells) {
            var words = tells ? Optional.of(lock.strength().words()) : Optional.<String>empty();
            return new Touched(lock.table(), words, lock.work().name(), rows);
        }

        String text() {
            var doing = work.equals("nothing") ? "" : ", " + work + (work.equals("builds") ? " an index" : " it");
            return "locks " + table + lock.map(word -> " " + word).orElse("") + doing
                    + rows.map(count -> ", about " + count + (count == 1 ? " row" : " rows"))
                            .orElse("");
        }
    }

    /// @param held why it would wait; `no` if it would run
    record Line(
            String revision,
            String description,
            String phase,
            String direction,
            boolean destructive,
            boolean breaking,
            Optional<String> deploy,
            String file,
            String held,
            List<Touched> locks) {
        static Line of(Step step, String held, List<Touched> locks) {
            return new Line(
                    step.number(),
                    step.script().description(),
                    step.phase().word(),
                    step.direction().name(),
                    step.destructive(),
                    step.breaking(),
                    step.script().header().breaking(),
                    step.script().file(),
                    held,
                    locks);
        }

        List<String> text() {
            var marks = (destructive ? ", loses data" : "") + (breaking ? ", breaks older code" : "");
            var waits = held.equals("no") ? "" : ", waits: " + held;
            var lines = new ArrayList<String>();
            lines.add("%-16s %-9s %s%s%s".formatted(revision, phase, file, marks, waits));
            locks.forEach(lock -> lines.add(" ".repeat(27) + lock.text()));
            deploy.ifPresent(order -> lines.add(" ".repeat(27) + "deploy: " + order));
            return lines;
        }
    }
}
