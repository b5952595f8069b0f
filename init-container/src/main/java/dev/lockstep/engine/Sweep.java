package dev.lockstep.engine;

import dev.lockstep.dialect.Ranges;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Marks;
import dev.lockstep.lint.Filling;
import dev.lockstep.lint.Verdict;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Batch;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Before a script drops a column, batches of earlier runs that were filled from it go through their tables once more:
/// rows that the release before has written since, where no trigger keeps old and new in step, would lose their value.
final class Sweep {
    private final Session session;
    private final Settings settings;
    private final Engine.Surroundings around;

    Sweep(Session session, Settings settings, Engine.Surroundings around) {
        this.session = session;
        this.settings = settings;
        this.around = around;
    }

    /// @param steps that are about to run
    void before(List<Step> steps, Graph graph, Session.Seen seen) throws Refusal {
        for (var revision : graph.revisions()) {
            var filling = Filling.of(revision.up());
            var drop = steps.stream()
                    .filter(step ->
                            filling.filter(it -> it.losesSource(step.script())).isPresent())
                    .findFirst();
            if (drop.isPresent() && seen.history().applied().containsKey(revision.version())) {
                sweep(revision, filling.orElseThrow(), drop.get(), seen.marks());
            }
        }
    }

    private void sweep(Revision revision, Filling filling, Step drop, Marks marks) throws Refusal {
        var batch = revision.up().header().batch().orElseThrow();
        var before = revision.up().file() + " is not run once more before "
                + drop.script().file() + ": ";
        if (!filling.repeatable()) {
            tell(before + "its WHERE does not ask whether a column that it fills is still NULL");
        } else if (!fits(revision)) {
            tell(before + "the schema is no longer the one that it was written for");
        } else {
            around.listener()
                    .hear(new Event.Sweeping(revision.up().file(), drop.script().file()));
            around.listener().hear(new Event.Swept(run(revision, batch, isShut(marks, drop))));
        }
    }

    /// While code from before the drop is kept out, what an earlier attempt has swept stays as it is.
    private static boolean isShut(Marks marks, Step drop) {
        return marks.floor()
                .filter(floor -> floor.compareTo(drop.script().number()) >= 0)
                .isPresent();
    }

    private void tell(String text) {
        around.listener().hear(new Event.Detail(text));
    }

    /// What it fills may have got another name since.
    private boolean fits(Revision revision) throws Refusal {
        var ranges = Ranges.of(session.dialect().address());
        return session.on(connection ->
                ranges.understands(connection, revision.up().text().replace(Batch.MARKER, "1 = 0")));
    }

    private long run(Revision revision, Batch batch, boolean resumes) throws Refusal {
        var script = revision.up();
        var step = new Step(script, Optional.of(revision), Verdict.of(script, Set.of()), Direction.up);
        var timeout = script.header().lockTimeout().orElse(settings.lockTimeout());
        var batches = new Batches(session, settings, new Attempts(session, around, false), around);
        return batches.again(
                step,
                batch,
                resumes,
                timeout,
                () -> script.file() + ":" + script.statements().getFirst().line());
    }
}
