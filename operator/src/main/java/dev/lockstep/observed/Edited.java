package dev.lockstep.observed;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands in a status, which a person may have edited by hand. What cannot be read there counts as absent: the
/// worst that comes of it is a run too many, which finds nothing to do; a look that fails would fail for good.
final class Edited {
    /// With what is added to them, times within it stay times.
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /// With what is added to them, numbers within it stay labels of nine digits.
    private static final int COUNT_MAX = 900_000_000;

    private Edited() {}

    static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(Instant::parse)
                    .filter(it -> !it.isBefore(Instant.EPOCH) && it.isBefore(LAST));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    static Instant timeOrEpoch(@Nullable String text) {
        return time(text).orElse(Instant.EPOCH);
    }

    static int count(@Nullable Integer number) {
        return Math.clamp(Absent.or(number, 0), 0, COUNT_MAX);
    }
}
