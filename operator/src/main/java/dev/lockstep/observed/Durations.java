package dev.lockstep.observed;

import java.time.Duration;

/// Durations as the CRD's pattern admits them: a whole number and `ms`, `s`, `m` or `h`.
final class Durations {
    private Durations() {}

    static Duration of(String text) {
        var digits = text.chars().takeWhile(Character::isDigit).count();
        var number = Long.parseLong(text, 0, (int) digits, 10);
        return switch (text.substring((int) digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case String unit -> throw new IllegalArgumentException("no unit of time: " + unit);
        };
    }
}
