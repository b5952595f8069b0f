package dev.lockstep.engine;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Dialect.Standing;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Marks;
import dev.lockstep.plan.Ground;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// One database session, and what it saw. The lock, the backup's wait and every script share it: two sessions of
/// one
/// run
/// would lock each other out.
final class Session implements AutoCloseable {
    private static final int OLDEST = 15;

    private final Dialect dialect;
    private final Connection connection;
    private final Optional<Contention> contention;
    private final Stop stop;

    private Session(Dialect dialect, Connection connection, Optional<Contention> contention, Stop stop) {
        this.dialect = dialect;
        this.connection = connection;
        this.contention = contention;
        this.stop = stop;
    }

    /// One that only reads, and tries once.
    static Session open(Dialect dialect, String name) throws Refusal {
        return new Session(dialect, dialect.connect(name, false), Optional.empty(), new Stop());
    }

    /// One that changes the database. A stop cancels what it does; where it meets a lock it tries again inside the
    /// budget.
    static Session open(Dialect dialect, Settings settings, Engine.Surroundings around) throws Refusal {
        var connection = dialect.connect("lockstep/" + settings.run(), true);
        around.stop().watch(connection, dialect);
        var contention = new Contention(dialect, connection, settings, around);
        return new Session(dialect, connection, Optional.of(contention), around.stop());
    }

    /// What the database has had, in at most three round trips.
    ///
    record Seen(Standing standing, History history, Marks marks) {
        /// Nothing was there when this history began, and it has not come to its first end yet.
        boolean building() {
            return standing.empty() && history.isEmpty() || marks.building();
        }

        /// An empty history of Flyway's is none, unless a run of ours is on its way.
        boolean isBegun() {
            return standing.history()
                    && (standing.ledger()
                            || !history.isEmpty()
                            || history.baseline().isPresent());
        }

        Ground ground() {
            return new Ground(history, building(), marks.passed());
        }
    }

    Seen look() throws Refusal {
        return within(() -> {
            var standing = dialect.standing(connection);
            var history = standing.history() ? History.read(connection, dialect) : History.EMPTY;
            var marks = standing.ledger() ? Ledger.read(connection, dialect) : Marks.NONE;
            return new Seen(standing, history, marks);
        });
    }

    /// @throws Refusal for a place that cannot be migrated as it stands
    void refuseUnfit(Seen seen) throws Refusal {
        var place = dialect.address().shown();
        if (seen.standing().standby()) {
            throw new Refusal(
                    Code.Standby, place, "the server is a standby and takes no writes", "name the primary's host");
        }
        if (seen.standing().major() > 0 && seen.standing().major() < OLDEST) {
            throw new Refusal(
                    Code.VersionUnsupported,
                    place,
                    "PostgreSQL " + seen.standing().major() + " is older than " + OLDEST,
                    "upgrade the server");
        }
        boolean creates = dialect.address() instanceof Address.Postgresql postgresql
                && !postgresql.created().isEmpty();
        if (!seen.standing().schema() && !creates) {
            throw new Refusal(
                    Code.Preflight, place, "the schema does not exist", "create it and give it to the migrating role");
        }
        if (!seen.isBegun() && !seen.standing().empty()) {
            throw new Refusal(
                    Code.NeedsBaseline,
                    place,
                    "the schema has tables but " + (seen.standing().history() ? "an empty" : "no")
                            + " migration history",
                    "lockstep baseline VERSION, or spec.baseline, says at which version it is; or name an empty schema");
        }
    }

    /// @throws Refusal `TargetConflict`: two resources would undo each other's work
    void refuseForeign(Seen seen, Optional<Settings.Owner> owner) throws Refusal {
        var other = seen.marks()
                .owner()
                .filter(name -> owner.isPresent()
                        && !owner.get().takesOver()
                        && !owner.get().name().equals(name));
        if (other.isPresent()) {
            throw new Refusal(
                    Code.TargetConflict,
                    dialect.address().shown(),
                    "the database belongs to the SchemaMigration " + other.get(),
                    "delete one of both, or annotate this one with lockstep.dev/take-over");
        }
    }

    /// @throws Refusal for a session that could share its lock with another's
    void refuseIndirect(Seen seen) throws Refusal {
        if (!seen.standing().direct()) {
            throw new Refusal(
                    Code.PoolerDetected,
                    dialect.address().shown(),
                    "a pooler is between the runner and the server",
                    "name the server itself: through a pooler two runners could hold one lock");
        }
    }

    /// Work with the connection.
    interface Work<T> {
        T on(Connection connection) throws SQLException, Refusal;
    }

    <T> T on(Work<T> work) throws Refusal {
        return within(() -> work.on(connection));
    }

    private interface Sql<T> {
        T get() throws SQLException, Refusal;
    }

    private <T> T within(Sql<T> sql) throws Refusal {
        var place = dialect.address().shown();
        var patience = contention.map(Contention::patience);
        for (int attempt = 1; ; attempt++) {
            try {
                return sql.get();
            } catch (SQLException e) {
                stop.check();
                if (patience.isEmpty() || !dialect.passes(e) || isInTransaction()) {
                    throw patience.isEmpty() && dialect.unanswered(e) ? unanswered() : dialect.refusal(e, place);
                }
                contention().pause(place, attempt, patience.get());
            }
        }
    }

    private Refusal unanswered() {
        return new Refusal(
                Code.LockBudgetExceeded,
                dialect.address().shown(),
                "the history cannot be read: somebody holds a lock on it",
                "end that session or wait, and ask again");
    }

    /// Its first half is gone, so its second must not be tried again.
    private boolean isInTransaction() {
        try {
            return !connection.getAutoCommit();
        } catch (SQLException gone) {
            return true;
        }
    }

    /// Has the run been told to end?
    boolean isStopped() {
        return stop.asked().isPresent();
    }

    /// How a session that changes the database waits for locks.
    Contention contention() {
        return contention.orElseThrow();
    }

    /// After a statement that had leave to wait for ever.
    void limitWaits() {
        try {
            dialect.lockTimeout(connection, Dialect.OWN_WAIT);
        } catch (SQLException gone) {
            // Then it waits for nothing any more.
        }
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    @Override
    public void close() {
        if (contention.isPresent()) {
            contention.get().close();
            stop.forget();
        }
        try {
            connection.close();
        } catch (SQLException gone) {
            // The server ends a lost session by itself, and with it the lock.
        }
    }
}
