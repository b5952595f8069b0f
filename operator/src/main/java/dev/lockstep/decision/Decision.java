package dev.lockstep.decision;

import dev.lockstep.handover.Failure;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.observed.Run;
import dev.lockstep.observed.Wanted;
import dev.lockstep.observed.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What to do now.
public sealed interface Decision {

    /// Start a run.
    ///
    /// @param number the how-manieth of the resource
    /// @param attempt the how-manieth at this wish
    record Start(Wish wish, int number, int attempt) implements Decision {}

    /// Take away a run whose pod cannot start and which nobody wants any more, so that the next may start.
    record Replace(Run stuck) implements Decision {}

    /// A run is at work, or about to be.
    record Wait(Run run) implements Decision {}

    /// The last attempt failed by no fault of the author; the next follows at that time.
    record Retry(Past.Ran failed, Past.End end, Instant at) implements Decision {}

    /// The newest run has settled the wish, for good or bad: nothing happens until something changes.
    record Rest(Past.Ran run, Past.End end) implements Decision {}

    /// There is no wish that could be carried out.
    record Ask(Failure failure) implements Decision {}

    /// The resource is suspended and nothing is at work.
    record Hold() implements Decision {}

    static Decision of(Observed observed) {
        var active = observed.runs().stream().filter(Run::isActive).findFirst();
        if (active.isPresent()) return about(active.get(), observed);
        var next = next(observed);
        return observed.suspended() && !(next instanceof Rest) ? new Hold() : next;
    }

    /// A container at work is never taken away, wanted or not: it holds the database's lock and ends by itself.
    /// One that cannot start is, as soon as another order or another image may help.
    private static Decision about(Run active, Observed observed) {
        var stuck = active.phase() instanceof Run.Phase.Pending(var obstacle) && obstacle.isPresent();
        var mended = observed.wanted() instanceof Wish wish
                && !(active.current() && wish.fingerprint().equals(active.order()));
        return stuck && mended && !observed.suspended() ? new Replace(active) : new Wait(active);
    }

    private static Decision next(Observed observed) {
        return switch (observed.wanted()) {
            case Wanted.Unclear(var failure) -> new Ask(failure);
            case Wish wish ->
                newest(observed, wish)
                        .map(ran -> after(ran, wish, observed))
                        .orElseGet(() -> new Start(wish, observed.nextNumber(), 1));
        };
    }

    private static Optional<Past.Ran> newest(Observed observed, Wish wish) {
        return observed.past().run().filter(ran -> ran.order().equals(wish.fingerprint()));
    }

    private static Decision after(Past.Ran ran, Wish wish, Observed observed) {
        return ran.end()
                .map(end -> after(ran, end, wish, observed))
                .orElseGet(() -> new Start(wish, observed.nextNumber(), ran.attempt() + 1));
    }

    private static Decision after(Past.Ran ran, Past.End end, Wish wish, Observed observed) {
        var pause = pause(end.result(), ran.attempt());
        if (pause.isEmpty()) return new Rest(ran, end);
        var at = end.at().plus(pause.get());
        if (at.isAfter(observed.now())) return new Retry(ran, end, at);
        return new Start(wish, observed.nextNumber(), ran.attempt() + 1);
    }

    private static Optional<Duration> pause(Result result, int attempt) {
        return switch (result) {
            case Result.Done() -> Optional.empty();
            case Result.Ahead() -> Optional.empty();
            case Result.Stopped(var code) -> Backoff.after(code, attempt);
            case Result.Silent() -> Optional.of(Backoff.after(attempt));
        };
    }
}
