package dev.lockstep.engine;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.lint.Promises;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Step;
import java.util.List;
import java.util.Optional;

/// Done is what the database says, not what was meant.
final class Confirmation {
    private Confirmation() {}

    /// @throws Refusal `Defect` for a step that the history does not have as it should, `StatementFailed` for an
    ///     index or a constraint that is not whole
    static void of(Session session, List<Step> steps, History history) throws Refusal {
        for (var step : steps) {
            if (!isTold(step, history)) {
                throw new Refusal(
                        Code.Defect,
                        step.script().file(),
                        "is not in the history as it should be after the run",
                        "keep the log and report it");
            }
        }
        whole(session, steps);
    }

    private static boolean isTold(Step step, History history) {
        var script = step.script();
        return script.version()
                .map(version -> history.has(version) == (step.direction() == Direction.up))
                .orElseGet(() -> Optional.ofNullable(history.repeatables().get(script.description()))
                        .flatMap(entry -> entry.checksum())
                        .equals(Optional.of(script.checksum())));
    }

    private static void whole(Session session, List<Step> steps) throws Refusal {
        var promises = steps.stream().map(step -> Promises.of(step.script())).reduce(Promises.NONE, Promises::then);
        if (promises.indexes().isEmpty() && promises.constraints().isEmpty()) {
            return;
        }
        var unsound = session.on(
                connection -> session.dialect().unsound(connection, promises.indexes(), promises.constraints()));
        if (!unsound.isEmpty()) {
            throw new Refusal(
                    Code.StatementFailed,
                    session.dialect().address().shown(),
                    "after the run " + String.join(", ", unsound),
                    "mend it in a new script: REINDEX INDEX CONCURRENTLY, or VALIDATE CONSTRAINT");
        }
    }
}
