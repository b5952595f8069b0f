package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect.Blocker;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
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

    private final Session session;
    private final Settings settings;
    private final Engine.Surroundings around;
    private final boolean surrounded;
    private final List<String> blockers = new ArrayList<>();
    private Optional<Watch> watch = Optional.empty();

    /// @param surrounded callbacks have begun the transaction and may have chosen its role; both stay from one attempt
    /// to the next
    Attempts(Session session, Settings settings, Engine.Surroundings around, boolean surrounded) {
        this.surrounded = surrounded;
        this.session = session;
        this.settings = settings;
        this.around = around;
    }

    /// One attempt.
    interface Transaction {
        void run() throws SQLException, Refusal;
    }

    /// Count and time of what succeeded.
    record Effort(int attempts, Duration took) {}

    /// @param place file and line, for messages
    /// @param timeout of one attempt
    /// @throws Refusal `LockBudgetExceeded`, or whatever else the script met
    Effort until(Supplier<String> place, Duration timeout, Transaction transaction) throws Refusal {
        var patience = new Patience(settings.lockBudget(), around.random(), around.stop());
        var start = start();
        List<Blocker> inTheWay = List.of();
        for (int attempt = 1; ; attempt++) {
            long begun = System.nanoTime();
            try {
                attempt(timeout, inTheWay, transaction);
                return new Effort(attempt, Duration.ofNanos(System.nanoTime() - begun));
            } catch (SQLException e) {
                rollback(start);
                around.stop().check();
                if (!session.dialect().passes(e)) {
                    around.listener().hear(new Event.Detail(String.valueOf(e.getMessage())));
                    throw session.dialect().refusal(e, place.get());
                }
                inTheWay = tell(place.get(), attempt);
                if (patience.exhausted()) {
                    throw exceeded(place.get(), attempt, inTheWay);
                }
                patience.pause();
            }
        }
    }

    /// What cannot be begun again is tried once.
    ///
    /// @param timeout zero is without limit
    Effort once(Supplier<String> place, Duration timeout, Transaction transaction) throws Refusal {
        long begun = System.nanoTime();
        try {
            attempt(timeout, List.of(), transaction);
            return new Effort(1, Duration.ofNanos(System.nanoTime() - begun));
        } catch (SQLException e) {
            around.stop().check();
            around.listener().hear(new Event.Detail(String.valueOf(e.getMessage())));
            throw session.dialect().refusal(e, place.get());
        }
    }

    private void attempt(Duration timeout, List<Blocker> inTheWay, Transaction transaction)
            throws SQLException, Refusal {
        var connection = session.connection();
        for (var blocker : inTheWay) {
            for (var table : blocker.cleaning() ? blocker.tables() : List.<String>of()) {
                session.dialect().displaceCleaning(connection, table, CLEANING_MAX);
            }
        }
        settle();
        session.dialect().lockTimeout(connection, timeout);
        transaction.run();
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

    private void rollback(Optional<Savepoint> start) throws Refusal {
        session.on(connection -> {
            if (start.isPresent()) {
                connection.rollback(start.get());
            } else if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return true;
        });
    }

    /// The first failure opens the watch, so the second knows whom to name.
    private List<Blocker> tell(String place, int attempt) {
        if (watch.isEmpty()) {
            watch = open();
            return List.of();
        }
        var seen = watch.map(Watch::take).orElse(List.of());
        for (var blocker : seen) {
            around.listener().hear(new Event.Blocked(place, attempt, blocker.shown()));
            if (blockers.stream().noneMatch(line -> line.startsWith("pid " + blocker.backend() + ","))) {
                blockers.add(blocker.shown());
            }
        }
        return seen;
    }

    private Optional<Watch> open() {
        try {
            return Optional.of(Watch.over(session, settings.run()));
        } catch (Refusal | SQLException e) {
            around.listener().hear(new Event.Detail("who is in the way cannot be seen: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Refusal exceeded(String place, int attempts, List<Blocker> last) {
        var who = last.stream().map(Blocker::shown).findFirst().orElse("somebody whom this role cannot see");
        return new Refusal(new Failure(
                Code.LockBudgetExceeded,
                place,
                "no lock in " + attempts + " attempts over "
                        + settings.lockBudget().toSeconds() + " s; in the way: " + who,
                "end that session or wait; nothing was changed by this script, so run again"));
    }

    /// For the log alone.
    void tell(String text) {
        around.listener().hear(new Event.Detail(text));
    }

    List<String> blockers() {
        return List.copyOf(blockers);
    }

    void close() {
        watch.ifPresent(Watch::close);
    }
}
