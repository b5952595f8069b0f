package dev.lockstep.plugin;

/// How far a batch is, as a bar.
final class Bar {
    private static final int WIDTH = 20;

    private Bar() {}

    /// Rounded down, so that 100 % means all of it; a total that was estimated too low promises no more than 99 %.
    static int percent(long rows, long total) {
        if (rows == total) return 100;
        return total <= 0 ? 0 : Math.clamp((long) (100.0 * rows / total), 0, 99);
    }

    static String of(long rows, long total) {
        int percent = percent(rows, total);
        int full = percent * WIDTH / 100;
        return "[" + "█".repeat(full) + "░".repeat(WIDTH - full) + "] " + percent + " %";
    }
}
