package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The one way to end a run from outside: by a signal or by the deadline. The statement at work is cancelled, its
/// transaction rolls back, and the run reports.
public final class Stop {
    private static final Duration EVERY = Duration.ofMillis(100);

    private Optional<Code> why = Optional.empty();
    private Optional<Runnable> cancel = Optional.empty();

    /// Asks the run to end; the first reason counts.
    public synchronized void ask(Code code) {
        why = why.or(() -> Optional.of(code));
        Thread.ofPlatform().daemon().name("stop").start(this::insist);
    }

    /// One cancel that falls between two statements of a script would be lost.
    private void insist() {
        while (cancelled()) {
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    private synchronized boolean cancelled() {
        cancel.ifPresent(Runnable::run);
        return cancel.isPresent();
    }

    /// Why the run has to end, if it has to.
    public synchronized Optional<Code> asked() {
        return why;
    }

    /// From now on a stop cancels what the connection does.
    synchronized void watch(Connection connection, Dialect dialect) {
        cancel = Optional.of(() -> {
            try {
                dialect.cancel(connection);
            } catch (SQLException gone) {
                // A session that is gone does nothing that could be cancelled.
            }
        });
    }

    synchronized void forget() {
        cancel = Optional.empty();
    }

    /// @throws Refusal `Terminated` or `DeadlineExceeded`, if the run has to end
    void check() throws Refusal {
        var code = asked();
        if (code.isPresent()) {
            throw refusal(code.get());
        }
    }

    /// @throws Refusal `Terminated` or `DeadlineExceeded`, if the process has to end while a question stands open
    public void refuseUnanswered() throws Refusal {
        var code = asked();
        if (code.isPresent()) {
            throw new Refusal(code.get(), "", "ended before the question was answered", "nothing was changed");
        }
    }

    static Refusal refusal(Code code) {
        return new Refusal(
                code, "", "the run was ended from outside", "what was applied stays; the next run goes on from there");
    }
}
