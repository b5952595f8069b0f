package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect.Lock;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.sql.SQLException;

/// Takes the run's lock by asking again and again. A statement that waited for it would keep a snapshot, for
/// which the
/// holder's CREATE INDEX CONCURRENTLY would wait in turn.
record Locking(Session session, Settings settings, Engine.Surroundings around) {

    /// Released when closed, or with the session.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws Refusal `LockBusy`
    Held take() throws Refusal {
        var patience = new Patience(settings.lockBudget(), around.random(), around.stop());
        boolean told = false;
        while (true) {
            var lock = session.on(session.dialect()::tryLock);
            if (lock.isPresent()) {
                return () -> release(lock.get());
            }
            if (patience.exhausted()) {
                throw busy();
            }
            if (!told) {
                around.listener()
                        .hear(new Event.WaitingForLock(
                                session.dialect().address().shown()));
                told = true;
            }
            patience.pause();
        }
    }

    private Refusal busy() {
        return new Refusal(
                Code.LockBusy,
                session.dialect().address().shown(),
                "another migration has held the lock for "
                        + settings.lockBudget().toSeconds() + " s",
                "let it finish, then run again; --lock-budget says how long to wait");
    }

    private static void release(Lock lock) {
        try {
            lock.close();
        } catch (SQLException gone) {
            // A session that is gone has released it.
        }
    }
}
