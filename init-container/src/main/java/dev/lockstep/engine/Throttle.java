package dev.lockstep.engine;

import dev.lockstep.dialect.Neighbours.Replicas;
import dev.lockstep.handover.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/// Lets replicas come after before a batch goes on. How far one is behind is measured here: the server's own figure
/// stands still while a replica does.
final class Throttle {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Session session;
    private final Duration most;
    private final Engine.Surroundings around;
    private final Deque<Milestone> milestones = new ArrayDeque<>();
    private long looked = System.nanoTime() - EVERY.toNanos();
    private boolean told;

    /// When the server was where.
    private record Milestone(long written, long nanos) {}

    /// @param most how far a replica may be behind
    Throttle(Session session, Duration most, Engine.Surroundings around) {
        this.session = session;
        this.most = most;
        this.around = around;
    }

    /// Comes back when no replica that can be seen is too far behind. Looks once a second.
    void rest() throws Refusal {
        if (System.nanoTime() - looked < EVERY.toNanos()) {
            return;
        }
        var lag = lag();
        var said = Duration.ZERO;
        while (lag.compareTo(most) > 0) {
            if (lag.compareTo(said.multipliedBy(2)) >= 0) { // so seldom that a night's wait is no long log
                around.listener().hear(new Event.Lagging(lag));
                said = lag;
            }
            pause(EVERY);
            lag = lag();
        }
    }

    private Duration lag() throws Refusal {
        var replicas = session.on(session.dialect()::replicas);
        looked = System.nanoTime();
        tellHidden(replicas);
        milestones.add(new Milestone(replicas.written(), looked));
        while (replicas.replayed()
                        .filter(at -> milestones.getFirst().written() <= at)
                        .isPresent()
                && milestones.size() > 1) {
            milestones.removeFirst();
        }
        boolean behind = replicas.replayed()
                .filter(at -> at < milestones.getFirst().written())
                .isPresent();
        return behind ? Duration.ofNanos(looked - milestones.getFirst().nanos()) : Duration.ZERO;
    }

    /// Unknown is not zero.
    private void tellHidden(Replicas replicas) {
        if (replicas.hidden() > 0 && !told) {
            told = true;
            around.listener()
                    .hear(new Event.Detail(
                            "how far replicas are behind cannot be seen by this role, so the batch does not"
                                    + " wait for " + replicas.hidden() + " of them; GRANT pg_monitor lets it"));
        }
    }

    /// Hears a stop meanwhile.
    void pause(Duration time) throws Refusal {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            around.stop().check();
            LockSupport.parkNanos(
                    Math.min(end - System.nanoTime(), Duration.ofMillis(50).toNanos()));
        }
    }
}
