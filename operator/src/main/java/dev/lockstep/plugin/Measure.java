package dev.lockstep.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Numbers as people read them.
final class Measure {
    private static final List<String> BYTES = List.of("KiB", "MiB", "GiB", "TiB");

    private Measure() {}

    /// In the one or two units that matter: `12s`, `3m20s`, `5h`, `4d`.
    static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) return seconds + "s";
        if (seconds < 600) return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        if (seconds < 7_200) return seconds / 60 + "m";
        return seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }

    /// Since a moment that the API server has written; empty for what is none.
    static Optional<Duration> since(String moment, Instant now) {
        try {
            return Optional.of(Duration.between(Instant.parse(moment), now));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    static String bytes(long count) {
        if (count < 1_024) return count + " bytes";
        double size = count / 1_024.0;
        int unit = 0;
        while (size >= 1_024 && unit < BYTES.size() - 1) {
            size /= 1_024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, BYTES.get(unit));
    }

    /// `1,250,000`.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
