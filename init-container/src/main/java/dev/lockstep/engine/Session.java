package dev.lockstep.engine;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Dialect.Standing;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.history.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// One database session, and what it saw. The lock, the backup's wait and every script share it: two sessions of
/// one
/// run
/// would lock each other out.
final class Session implements AutoCloseable {
    private static final int OLDEST = 15;

    private final Dialect dialect;
    private final Connection connection;

    private Session(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    static Session open(Dialect dialect, String name, boolean writes) throws Refusal {
        return new Session(dialect, dialect.connect(name, writes));
    }

    /// What the database has had, in at most three round trips.
    ///
    /// @param ledger canonical version → state
    record Seen(Standing standing, History history, Map<String, String> ledger) {
        /// Nothing was there when this history began, and it has not come to its first end yet.
        boolean building() {
            return standing.empty() && history.isEmpty() || ledger.containsKey(Ledger.BUILDING);
        }
    }

    Seen look() throws Refusal {
        return within(() -> {
            var standing = dialect.standing(connection);
            var history = standing.history() ? History.read(connection, dialect) : History.EMPTY;
            var ledger = standing.ledger() ? Ledger.read(connection, dialect) : Map.<String, String>of();
            return new Seen(standing, history, ledger);
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
        boolean creates = dialect.address() instanceof Address.Postgresql postgresql && postgresql.createsSchema();
        if (!seen.standing().schema() && !creates) {
            throw new Refusal(
                    Code.Preflight, place, "the schema does not exist", "create it and give it to the migrating role");
        }
        if (!seen.standing().history() && !seen.standing().empty()) {
            throw new Refusal(
                    Code.NeedsBaseline,
                    place,
                    "the schema has tables but no migration history",
                    "baseline it with Flyway at the version it is at, or name an empty schema");
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
        T on(Connection connection) throws SQLException;
    }

    <T> T on(Work<T> work) throws Refusal {
        return within(() -> work.on(connection));
    }

    private interface Sql<T> {
        T get() throws SQLException;
    }

    private <T> T within(Sql<T> sql) throws Refusal {
        try {
            return sql.get();
        } catch (SQLException e) {
            throw dialect.refusal(e, dialect.address().shown());
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
        try {
            connection.close();
        } catch (SQLException gone) {
            // The server ends a lost session by itself, and with it the lock.
        }
    }
}
