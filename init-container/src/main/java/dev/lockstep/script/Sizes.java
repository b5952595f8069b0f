package dev.lockstep.script;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Sizes as people write them: `500MiB`, `10Gi`, `2TB`, plain bytes. With an `i` a step is 1024, without one 1000.
public final class Sizes {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,15})([KMGT]?)(I?)(B?)");
    private static final String STEPS = "KMGT";

    private Sizes() {}

    /// As people read them, in steps of 1024.
    public static String shown(long bytes) {
        long mib = bytes >> 20;
        return mib >= 10 ? mib + " MiB" : (bytes >> 10) >= 10 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }

    /// In bytes; absent for what is no size, or is more than 2^63.
    public static Optional<Long> parse(String text) {
        var match = SHAPE.matcher(text.toUpperCase(Locale.ROOT));
        if (!match.matches() || match.group(2).isEmpty() && !match.group(3).isEmpty()) {
            return Optional.empty();
        }
        long bytes = Long.parseLong(match.group(1));
        int step = match.group(3).isEmpty() ? 1000 : 1024;
        try {
            for (int i = STEPS.indexOf(match.group(2)); !match.group(2).isEmpty() && i >= 0; i--) {
                bytes = Math.multiplyExact(bytes, step);
            }
        } catch (ArithmeticException more) {
            return Optional.empty();
        }
        return Optional.of(bytes);
    }
}
