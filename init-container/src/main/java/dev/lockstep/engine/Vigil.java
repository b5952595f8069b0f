package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Says every few seconds for whom a statement waits that may wait without limit: it does not fail, so nobody would
/// hear of it. A statement that is done sooner needs no second session. Where there is none to be had, nothing is said.
final class Vigil implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Dialect dialect;
    private final String name;
    private final long backend;
    private final Saying saying;
    private final long begun = System.nanoTime();
    private volatile boolean over;
    private final Thread thread;

    /// Told of each who is in the way, each time.
    interface Saying {
        void say(Dialect.Blocker blocker, Duration since);
    }

    /// @param name of the second session
    /// @param backend the session that waits
    Vigil(Dialect dialect, String name, long backend, Saying saying) {
        this.dialect = dialect;
        this.name = name;
        this.backend = backend;
        this.saying = saying;
        this.thread = Thread.ofPlatform().daemon().start(this::keep);
    }

    private void keep() {
        pause();
        if (over) {
            return;
        }
        try (var observer = dialect.connect(name, false)) {
            while (!over) {
                var since = Duration.ofNanos(System.nanoTime() - begun);
                dialect.blockers(observer, backend).forEach(blocker -> saying.say(blocker, since));
                pause();
            }
        } catch (Refusal | SQLException gone) {
            // To know who blocks is a comfort, not a condition of the run.
        }
    }

    private void pause() {
        long end = System.nanoTime() + EVERY.toNanos();
        while (!over && System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
