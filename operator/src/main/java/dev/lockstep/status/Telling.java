package dev.lockstep.status;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Progress;
import dev.lockstep.observed.Checks;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.observed.Run;
import dev.lockstep.observed.Words;
import dev.lockstep.resource.Compared;
import dev.lockstep.resource.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What to write and to announce.
public record Telling(Status status, List<Happening> happenings) {

    /// Empty where there is nothing to say yet.
    ///
    /// @param refusal what the API server has said instead of making the Job
    public static Optional<Telling> of(Decision decision, Observed observed, Optional<String> refusal) {
        return Answer.of(decision, observed, refusal).map(answer -> of(answer, decision, observed));
    }

    private static Telling of(Answer answer, Decision decision, Observed observed) {
        var past = observed.past();
        var heeded = heeded(decision, observed);
        var status = new Status(
                observed.identity().generation(),
                past.revision().orElse(null),
                past.target().orElse(null),
                past.pending().orElse(null),
                past.floor().orElse(null),
                answer.stage(),
                past.plan().orElse(null),
                past.run().map(it -> run(it, progress(it, observed))).orElse(null),
                orAbsent(past.applied()),
                past.backup().orElse(null),
                orAbsent(Held.lines(decision, observed)),
                heeded.retry().orElse(null),
                heeded.takeOver().orElse(null),
                heeded.external().orElse(null),
                amendment(observed).orElse(null),
                observed.petition().flatMap(it -> past.amendment()).orElse(null),
                observed.checks().newest().map(Telling::compared).orElse(null),
                Conditions.of(answer, decision, observed));
        return new Telling(status, Happenings.of(answer, observed));
    }

    /// Where nothing has failed there is nothing to do again, and the word must not wait for the next failure.
    private static Optional<Status.Amendment> amendment(Observed observed) {
        return observed.petition()
                .map(it -> new Status.Amendment(it.words(), it.hash(), null, null, null))
                .or(observed.past()::amendment);
    }

    private static Words heeded(Decision decision, Observed observed) {
        var before = observed.past().heeded();
        if (!(decision instanceof Decision.Rest(var ran, var end))) return before;
        var words = observed.words().ofRun();
        return (end.result() instanceof Result.Stopped ? words.withoutTakeOver() : words).or(before);
    }

    private static Optional<Progress> progress(Past.Ran ran, Observed observed) {
        return observed.runs().stream()
                .filter(run -> run.job().equals(ran.job()))
                .findFirst()
                .flatMap(run -> run.phase() instanceof Run.Phase.Running(var progress) ? progress : Optional.empty());
    }

    private static Status.Progress told(Progress progress) {
        return new Status.Progress(
                progress.step(),
                progress.steps(),
                progress.rows(),
                orAbsent(progress.rowsTotal()),
                orAbsent(progress.rowsPerSecond()),
                orAbsent(progress.etaSeconds()));
    }

    private static @Nullable Long orAbsent(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private static Compared compared(Checks.Check it) {
        return new Compared(
                it.job(),
                it.number(),
                it.end().at().toString(),
                it.end().result().word(),
                it.end().message().isEmpty() ? null : it.end().message());
    }

    private static Status.Run run(Past.Ran ran, Optional<Progress> progress) {
        var end = ran.end();
        return new Status.Run(
                ran.job(),
                ran.order(),
                ran.number(),
                ran.attempt(),
                ran.leg().contract().name(),
                ran.leg().approved().orElse(null),
                ran.startedAt().toString(),
                end.map(it -> it.at().toString()).orElse(null),
                end.map(it -> it.result().word()).orElse(null),
                end.map(Past.End::message).filter(it -> !it.isEmpty()).orElse(null),
                progress.filter(it -> it.step() > 0).map(Telling::told).orElse(null));
    }

    /// An empty list would come back from the API server as one, and the status would never equal itself.
    private static <T> @Nullable List<T> orAbsent(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
