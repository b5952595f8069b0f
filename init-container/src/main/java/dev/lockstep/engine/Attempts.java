package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect.Blocker;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Step;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs one script's transaction again and again with a short lock timeout until it gets its locks. Between
/// attempts it
/// holds nothing, so no application waits behind it longer than one timeout.
final class Attempts {
    /// Longer than PostgreSQL's `deadlock_timeout` of one second, after which it cancels an autovacuum for a
    /// waiter.
    private static final Duration CLEANING_MAX = Duration.ofMillis(1500);

    /// A stop goes on cancelling and may meet the one statement that is not meant.
    private static final int TRIES = 3;

    private final Session session;
    private final Engine.Surroundings around;
    private final boolean surrounded;

    /// @param surrounded callbacks have begun the transaction and may have chosen its role; both stay from one attempt
    /// to the next
    Attempts(Session session, Engine.Surroundings around, boolean surrounded) {
        this.surrounded = surrounded;
        this.session = session;
        this.around = around;
    }

    /// One attempt.
    interface Transaction {
        void run() throws SQLException, Refusal;
    }

    /// Count and time of what succeeded.
    ///
    /// @param rows that a batch has covered
    record Effort(int attempts, Duration took, Optional<Long> rows) {
        Effort(int attempts, Duration took) {
            this(attempts, took, Optional.empty());
        }
    }

    /// @param place file and line, for messages
    /// @param timeout of one attempt
    /// @throws Refusal `LockBudgetExceeded`, or whatever else the script met
    Effort until(Supplier<String> place, Duration timeout, Transaction transaction) throws Refusal {
        var patience = session.contention().patience();
        var start = start();
        List<Blocker> inTheWay = List.of();
        for (int attempt = 1; ; attempt++) {
            long begun = System.nanoTime();
            try {
                attempt(place, timeout, inTheWay, transaction);
                return new Effort(attempt, Duration.ofNanos(System.nanoTime() - begun));
            } catch (SQLException e) {
                boolean again = isRolledBack(start) && session.dialect().passes(e);
                around.stop().check();
                if (!again) {
                    around.listener().hear(new Event.Detail(String.valueOf(e.getMessage())));
                    throw session.dialect().refusal(e, place.get());
                }
                inTheWay = session.contention().pause(place.get(), attempt, patience);
            }
        }
    }

    /// What cannot be begun again is tried once.
    ///
    /// @param timeout zero is without limit
    Effort once(Supplier<String> place, Duration timeout, Transaction transaction) throws Refusal {
        long begun = System.nanoTime();
        try {
            attempt(place, timeout, List.of(), transaction);
            return new Effort(1, Duration.ofNanos(System.nanoTime() - begun));
        } catch (SQLException e) {
            around.stop().check();
            around.listener().hear(new Event.Detail(String.valueOf(e.getMessage())));
            throw session.dialect().refusal(e, place.get());
        } finally {
            session.limitWaits();
        }
    }

    private void attempt(Supplier<String> place, Duration timeout, List<Blocker> inTheWay, Transaction transaction)
            throws SQLException, Refusal {
        var connection = session.connection();
        for (var blocker : inTheWay) {
            for (var table : blocker.cleaning() ? blocker.tables() : List.<String>of()) {
                session.dialect().displaceCleaning(connection, table, CLEANING_MAX);
            }
        }
        settle();
        session.dialect().lockTimeout(connection, timeout);
        if (timeout.isZero()) {
            try (var _ = session.contention().vigil(place.get())) {
                transaction.run();
            }
        } else {
            transaction.run();
        }
        settle();
    }

    private void settle() throws SQLException {
        if (!surrounded) {
            session.dialect().settle(session.connection());
        }
    }

    /// PostgreSQL and SQLite release at the rollback to a savepoint what was locked since.
    private Optional<Savepoint> start() throws Refusal {
        return session.on(connection ->
                surrounded && !connection.getAutoCommit() ? Optional.of(connection.setSavepoint()) : Optional.empty());
    }

    /// Is all before this attempt still there? SQLite ends the whole transaction when its disk is full, and a lost
    /// connection has none; then it is not the rollback that is to be told.
    private boolean isRolledBack(Optional<Savepoint> start) {
        var connection = session.connection();
        try {
            if (start.isPresent()) {
                connection.rollback(start.get());
            } else if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return true;
        } catch (SQLException e) {
            tell(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /// Writes what became of a script into its row. A session that is gone leaves the row as it is: then a person has
    /// to look.
    void note(Step step, Session.Work<Boolean> work) {
        for (int i = 0; i < TRIES; i++) {
            try {
                session.on(work);
                return;
            } catch (Refusal cancelled) {
                tell(step.script().file() + ": its row in lockstep_schema is left as it is");
            }
        }
    }

    /// For the log alone.
    void tell(String text) {
        around.listener().hear(new Event.Detail(text));
    }
}
