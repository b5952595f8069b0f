package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Statement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/// SQLite as sqlite-jdbc brings it.
record SqliteDialect(Address.Sqlite address) implements Dialect {
    private static final Duration READER_WAIT = Duration.ofSeconds(10);

    @Override
    public String vendor() {
        return "sqlite";
    }

    /// `IMMEDIATE`: a transaction that starts by reading and then writes fails with SQLITE_BUSY although a busy
    /// timeout
    /// is
    /// set. `foreign_keys=off`: inside a transaction it cannot be switched, and a rebuilt table would lose its
    /// children.
    @Override
    public Connection connect(String name, boolean writes) throws Refusal {
        var config = new SQLiteConfig();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        // A run's wait is short: SQLite waits without hearing a stop, and a failed COMMIT is tried several times
        // by driver and Flyway.
        config.setBusyTimeout((int) (writes ? OWN_WAIT : READER_WAIT).toMillis());
        config.enforceForeignKeys(false);
        try {
            boolean absent = !writes && !address.file().toFile().exists();
            return DriverManager.getConnection(
                    "jdbc:sqlite:" + (absent ? ":memory:" : address.file()), config.toProperties());
        } catch (SQLException e) {
            throw new Refusal(
                    Code.Unreachable,
                    address.file().toString(),
                    "the file cannot be opened (" + result(e) + ")",
                    "check that its folder exists and can be written to");
        }
    }

    @Override
    public Standing standing(Connection connection) throws SQLException {
        var sql = """
                select count(*) filter (where name = ?), count(*) filter (where name = 'lockstep_schema'),
                       count(*) filter (where type in ('table', 'view') and name not like 'sqlite!_%' escape '!'
                                        and name not in (?, 'lockstep_schema', 'lockstep_objects'))
                from sqlite_schema
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, address.history());
            statement.setString(2, address.history());
            try (var row = statement.executeQuery()) {
                row.next();
                return new Standing(
                        false, true, 0, true, row.getInt(1) > 0, row.getInt(2) > 0, row.getInt(3) == 0, false);
            }
        }
    }

    @Override
    public Optional<Lock> tryLock(Connection connection) throws SQLException {
        return SqliteLock.tried(address);
    }

    @Override
    public void lockTimeout(Connection connection, Duration timeout) throws SQLException {
        connection.unwrap(SQLiteConnection.class).setBusyTimeout((int) Math.max(timeout.toMillis(), 1));
    }

    @Override
    public void settle(Connection connection) throws SQLException {
        lockTimeout(connection, OWN_WAIT);
    }

    /// The busy timeout is limit enough.
    @Override
    public int readTimeout() {
        return 0;
    }

    @Override
    public boolean unanswered(SQLException failure) {
        return passes(failure);
    }

    /// A COMMIT that readers keep waiting leaves the transaction open, of which the driver knows nothing any more.
    @Override
    public void abandon(Connection connection) throws SQLException {
        try {
            Query.run(connection, "rollback");
        } catch (SQLException none) {
            if (passes(none)) {
                throw none;
            }
        }
    }

    @Override
    public Ledger ledger() {
        return tables().ledger(List.of(
                "create table if not exists lockstep_schema (version text primary key, alias text unique,"
                        + " phase text not null, checksum integer not null, state text not null,"
                        + " floor integer not null default 0, at text not null default current_timestamp)"));
    }

    @Override
    public Book book() {
        return tables().book();
    }

    private Tables tables() {
        return new Tables(PostgresqlDialect.quote(address.history()), "lockstep_schema", "''", "1");
    }

    @Override
    public String unseen() {
        return "a process that has the file open (fuser -v FILE names them)";
    }

    /// SQLite does not tell who holds a lock.
    @Override
    public List<Blocker> blockers(Connection observer, long backend) {
        return List.of();
    }

    @Override
    public Neighbours.Replicas replicas(Connection connection) {
        return Neighbours.Replicas.NONE;
    }

    @Override
    public Neighbours.Elders elders(Connection connection, Duration age) {
        return Neighbours.Elders.NONE;
    }

    @Override
    public boolean goesOn(Connection connection, Blocker blocker) {
        return false;
    }

    @Override
    public long backend(Connection connection) {
        return 0;
    }

    @Override
    public void displaceCleaning(Connection connection, String table, Duration timeout) {
        // SQLite has no autovacuum process.
    }

    @Override
    public void cancel(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }

    @Override
    public Check check(Connection connection) throws SQLException {
        var before = SqliteOrphans.of(connection);
        return () -> SqliteOrphans.of(connection).refuseNew(before);
    }

    @Override
    public boolean carryOut(Connection connection, String sql, Disk disk) throws SQLException, Refusal {
        return SqliteAlteration.run(connection, sql, new SqliteRoom(connection, address, disk));
    }

    @Override
    public Optional<Probe> probe(Statement statement) {
        return Probe.sqlite(statement);
    }

    @Override
    public boolean isDone(Connection connection, Probe probe) {
        return false;
    }

    @Override
    public void clear(Connection connection, Probe probe) {
        // Nothing is ever half made.
    }

    /// Source: SQLite documentation, VACUUM and PRAGMA journal_mode: both fail inside a transaction.
    @Override
    public boolean standsAlone(Statement statement) {
        return statement.begins("vacuum") || statement.begins("pragma") && statement.has("journal_mode");
    }

    @Override
    public Refusal refusal(SQLException failure, String place) {
        if (failure instanceof Refused refused) {
            return refused.at(place);
        }
        return new SqliteTrouble(result(failure), address.file()).at(place);
    }

    @Override
    public boolean passes(SQLException failure) {
        int primary = result(failure).code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    private static SQLiteErrorCode result(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode());
    }

    @Override
    public Optional<List<String>> definitions(Connection connection) throws SQLException {
        return Optional.of(Definitions.of(connection, address.history()));
    }

    /// @param name a file's beside the database
    @Override
    public Dialect createBeside(Connection connection, String name) {
        return new SqliteDialect(new Address.Sqlite(address.file().resolveSibling(name)));
    }

    /// A file goes with its folder.
    @Override
    public void sweepBeside(Connection connection) {}

    /// Whoever made the folder takes it away.
    @Override
    public void dropBeside(Connection connection, String name) {}

    @Override
    public Map<String, Long> rows(Connection connection, Set<String> tables) throws SQLException {
        return Estimate.sqlite(connection, tables);
    }

    /// SQLite has nothing that is half made.
    @Override
    public List<String> unsound(Connection connection, Set<String> indexes, Set<String> constraints) {
        return List.of();
    }
}
