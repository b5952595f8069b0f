package dev.lockstep.script;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as people write them: `100ms`, `2s`, `10m`, `1h`; at most 500 hours, as in the resource.
public final class Durations {
    /// To PostgreSQL a `lock_timeout` is milliseconds in 31 bits, which hold 596 hours.
    private static final Duration MOST = Duration.ofHours(500);

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,10})(ms|s|m|h)");

    private Durations() {}

    /// Absent for what is no duration, or is longer than the longest.
    public static Optional<Duration> parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        var duration = switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        return Optional.of(duration).filter(it -> it.compareTo(MOST) <= 0);
    }
}
