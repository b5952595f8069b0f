package dev.lockstep.engine;

import dev.lockstep.handover.Refusal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Waiting with a limit: full jitter, so that those who wait do not come back together.
/// Source of full jitter: the AWS Architecture Blog, "Exponential Backoff And Jitter".
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(100);
    /// A DDL that waits longer than this between attempts lands visibly late after its blocker has gone.
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private final long startNanos = System.nanoTime();
    private final Duration budget;
    private final RandomGenerator random;
    private final Stop stop;
    private int pauses;

    Patience(Duration budget, RandomGenerator random, Stop stop) {
        this.budget = budget;
        this.random = random;
        this.stop = stop;
    }

    boolean exhausted() {
        return System.nanoTime() - startNanos >= budget.toNanos();
    }

    /// Sleeps a while, shorter than the budget's rest.
    void pause() throws Refusal {
        stop.check();
        long cap = Math.min(PAUSE_MAX.toNanos(), FIRST.toNanos() << Math.min(pauses++, 10));
        long end = System.nanoTime() + 1 + random.nextLong(cap);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        stop.check();
    }
}
