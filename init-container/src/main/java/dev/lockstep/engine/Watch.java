package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Dialect.Blocker;
import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Sees from a second session who is in the way while an attempt waits; once the attempt has failed the server
/// does not
/// tell any more. It only reads, holds no snapshot between its looks, and where it cannot connect it sees nobody.
final class Watch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(15);

    private final Dialect dialect;
    private final Connection observer;
    private final long backend;
    private final Map<Long, Blocker> seen = new LinkedHashMap<>();
    private volatile boolean looking = true;
    private final Thread thread;

    private Watch(Dialect dialect, Connection observer, long backend) {
        this.dialect = dialect;
        this.observer = observer;
        this.backend = backend;
        this.thread = Thread.ofPlatform().daemon().start(this::look);
    }

    /// Watches who blocks the run until closed.
    static Watch over(Dialect dialect, Connection connection, String run) throws Refusal, SQLException {
        return new Watch(dialect, dialect.connect("lockstep/watch/" + run, false), dialect.backend(connection));
    }

    private void look() {
        try {
            while (looking) {
                var blockers = dialect.blockers(observer, backend);
                synchronized (seen) {
                    blockers.forEach(blocker -> seen.put(blocker.backend(), blocker));
                }
                LockSupport.parkNanos(EVERY.toNanos());
            }
        } catch (SQLException gone) {
            // To know who blocks is a comfort, not a condition of the run.
        }
    }

    /// Who was seen since the last call.
    List<Blocker> take() {
        synchronized (seen) {
            var blockers = List.copyOf(seen.values());
            seen.clear();
            return blockers;
        }
    }

    @Override
    public void close() {
        looking = false;
        try {
            thread.join(Duration.ofSeconds(2));
            observer.close();
        } catch (SQLException gone) {
            // Nothing is lost with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
