package dev.lockstep.reconcile;

import dev.lockstep.decision.Decision;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// When to look again, where no watch will tell.
final class Pace {
    /// A Job that has been made is told of within milliseconds; this is for the watch that broke.
    private static final Duration SAFETY = Duration.ofSeconds(10);

    /// A person waits for what is missing to be noticed.
    private static final Duration MISSING = Duration.ofSeconds(10);

    /// Only ConfigMaps with our label are watched; this is how long a changed file of another takes to be noticed.
    private static final Duration STEADY = Duration.ofSeconds(30);

    /// A pod that does not start is looked at when patience ends, and so on.
    private static final Duration STARTING = Duration.ofSeconds(8);

    /// How old the progress in a status may be. A log is not watched.
    private static final Duration WORKING = Duration.ofSeconds(5);

    /// The app's pods are not watched, since they may be any pods; this is how long the last old one is not missed.
    private static final Duration ROLLOUT = Duration.ofSeconds(3);

    private Pace() {}

    /// The sooner of both. A check at work is told of by its Job.
    static Optional<Duration> of(Decision decision, Observed observed, boolean polls) {
        var checks = observed.checks();
        var due = decision instanceof Decision.Rest || decision instanceof Decision.Await
                ? checks.due().map(it -> checks.active().isPresent() ? SAFETY : until(it, observed.now()))
                : Optional.<Duration>empty();
        return Stream.concat(after(decision, polls, observed.now()).stream(), due.stream())
                .min(Duration::compareTo);
    }

    /// Empty where only a change of the resource, or of what is watched, can mean anything.
    ///
    /// @param polls whether the scripts are where no watch tells of a change
    static Optional<Duration> after(Decision decision, boolean polls, Instant now) {
        return switch (decision) {
            case Decision.Start start -> Optional.of(SAFETY);
            case Decision.Replace replace -> Optional.of(SAFETY);
            case Decision.Wait(var run) -> Optional.of(waiting(run));
            case Decision.Retry retry -> Optional.of(until(retry.at(), now));
            case Decision.Await(var ran, var end, Decision.Waiting.Pods(var lines)) -> Optional.of(ROLLOUT);
            case Decision.Await await -> polls ? Optional.of(STEADY) : Optional.empty();
            case Decision.Ask ask -> Optional.of(MISSING);
            case Decision.Rest rest -> polls ? Optional.of(STEADY) : Optional.empty();
            case Decision.Hold() -> Optional.empty();
            case Decision.Closed(var opens) -> closed(opens, polls, now);
        };
    }

    /// What is wanted may change meanwhile.
    private static Optional<Duration> closed(Optional<Instant> opens, boolean polls, Instant now) {
        var until = opens.map(it -> until(it, now));
        if (!polls) return until;
        return until.filter(it -> it.compareTo(STEADY) < 0).or(() -> Optional.of(STEADY));
    }

    private static Duration waiting(Run run) {
        return run.phase() instanceof Run.Phase.Pending ? STARTING : WORKING;
    }

    /// A little later rather than a little too early, which would only be another look.
    private static Duration until(Instant at, Instant now) {
        var left = Duration.between(now, at).plusMillis(50);
        return left.isPositive() ? left : Duration.ofMillis(50);
    }
}
