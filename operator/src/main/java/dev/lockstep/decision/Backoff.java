package dev.lockstep.decision;

import dev.lockstep.handover.Code;
import java.time.Duration;
import java.util.Optional;

/// How long to wait after a failed attempt.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);

    /// What a database that comes back after hours has to wait for its migration at most.
    private static final Duration CAP = Duration.ofMinutes(5);

    /// For what a person is just about to repair and nobody tells us of, such as a Secret, on which we have no
    /// verb.
    private static final Duration CAP_REPAIRABLE = Duration.ofSeconds(30);

    private Backoff() {}

    /// Empty where trying again changes nothing.
    static Optional<Duration> after(Code code, int attempt) {
        return switch (code) {
            case SecretMissing, FilesMissing, AuthenticationRefused -> Optional.of(after(attempt, CAP_REPAIRABLE));
            case Code other ->
                switch (other.blame()) {
                    case AUTHOR, NOBODY -> Optional.empty();
                    case WORLD, US -> Optional.of(after(attempt, CAP));
                };
        };
    }

    /// After a run that left no Report.
    static Duration after(int attempt) {
        return after(attempt, CAP);
    }

    /// Doubles from attempt to attempt. The shift is bounded, or it would come round to small numbers again.
    private static Duration after(int attempt, Duration cap) {
        var doubled = FIRST.multipliedBy(1L << Math.clamp(attempt - 1L, 0, 10));
        return doubled.compareTo(cap) < 0 ? doubled : cap;
    }
}
