package dev.lockstep.engine;

import static java.util.stream.Collectors.joining;

import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Step;
import java.util.List;
import java.util.Optional;

/// What became of the steps of a run that failed and was to take them back, in words.
final class Retreat {
    private Retreat() {}

    /// The failure with what was taken back, what was not and why, and where the database stands.
    ///
    /// @param applied steps up and then steps down, in the order in which they ran
    /// @param second why taking back ended early
    /// @param revision newest applied version
    static Refusal told(Refusal failure, List<Applied> applied, Optional<Refusal> second, Optional<String> revision) {
        var ups = steps(applied, Direction.up);
        if (ups.isEmpty()) {
            return failure;
        }
        var back = steps(applied, Direction.down).stream().map(Step::number).toList();
        var left = ups.reversed().stream()
                .filter(step -> !back.contains(step.number()))
                .toList();
        var first = failure.failure();
        var words = first.message() + "; taken back: " + (back.isEmpty() ? "nothing" : String.join(", ", back))
                + (left.isEmpty() ? "" : "; not taken back: " + numbers(left) + ", for " + why(left, second))
                + "; the database is at " + revision.map(at -> "revision " + at).orElse("base");
        return new Refusal(first.code(), first.place(), words, first.remedy());
    }

    private static List<Step> steps(List<Applied> applied, Direction direction) {
        return applied.stream()
                .map(Applied::step)
                .filter(step -> step.direction() == direction)
                .toList();
    }

    private static String numbers(List<Step> steps) {
        return steps.stream().map(Step::number).collect(joining(", "));
    }

    private static String why(List<Step> left, Optional<Refusal> second) {
        var step = left.getFirst();
        boolean written = step.revision().flatMap(Revision::down).isPresent();
        return second.map(refusal ->
                        refusal.failure().place() + ": " + refusal.failure().message())
                .orElseGet(() -> step.script().file() + (written ? " was not reached" : " has no down script"));
    }
}
