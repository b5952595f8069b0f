package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;

/// PostgreSQL 15 to 18.
record PostgresqlDialect(Address.Postgresql address) implements Dialect {
    @Override
    public String vendor() {
        return "postgresql";
    }

    @Override
    public Connection connect(String name, boolean writes) throws Refusal {
        return new PostgresqlEntrance(address, name, writes).open();
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String table(String name) {
        return quote(address.schema()) + "." + quote(name);
    }

    @Override
    public Standing standing(Connection connection) throws SQLException {
        var sql = """
                select pg_is_in_recovery(), pg_backend_pid(), current_setting('server_version_num')::int / 10000,
                       n.oid is not null, to_regclass(?) is not null, to_regclass(?) is not null,
                       not exists (select from pg_class c where c.relnamespace = n.oid and c.relkind in ('r','p','v','m','S','f')
                                   and c.relname not in (?, 'lockstep_schema', 'lockstep_objects')
                                   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')),
                       current_setting('is_superuser') = 'on'
                from (select (select oid from pg_namespace where nspname = ?) as oid) n
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, table(address.history()));
            statement.setString(2, table("lockstep_schema"));
            statement.setString(3, address.history());
            statement.setString(4, address.schema());
            try (var row = statement.executeQuery()) {
                row.next();
                return new Standing(
                        row.getBoolean(1),
                        row.getLong(2) == backend(connection),
                        row.getInt(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getBoolean(8));
            }
        }
    }

    /// Flyway's own key, so that an application that runs Flyway is kept out too.
    /// Source: flyway-database-postgresql 13.12.0, `PostgreSQLAdvisoryLockTemplate`; held by a test beside a
    /// running
    /// Flyway.
    private long key() {
        return 77431708279161L + table(address.history()).hashCode();
    }

    @Override
    public Optional<Lock> tryLock(Connection connection) throws SQLException {
        if (Query.longOf(connection, "select pg_try_advisory_lock(" + key() + ")::int") == 0) {
            return Optional.empty();
        }
        TransactionTimeout.lift(connection);
        return Optional.of(() -> Query.run(connection, "select pg_advisory_unlock(" + key() + ")"));
    }

    @Override
    public void settle(Connection connection) throws SQLException {
        Query.run(connection, "reset role; reset search_path");
    }

    @Override
    public int readTimeout() {
        return 5;
    }

    @Override
    public boolean unanswered(SQLException failure) {
        return "57014".equals(failure.getSQLState());
    }

    @Override
    public void forget(Connection connection) throws SQLException {
        Query.run(connection, "reset all");
        TransactionTimeout.lift(connection);
    }

    @Override
    public void lockTimeout(Connection connection, Duration timeout) throws SQLException {
        Query.run(connection, "set lock_timeout = " + timeout.toMillis());
    }

    @Override
    public Ledger ledger() {
        var table = table("lockstep_schema");
        return tables().ledger(List.of(
                "create table if not exists " + table
                        + " (version text primary key, alias text unique, phase text not null, checksum integer not null,"
                        + " state text not null, floor boolean not null default false,"
                        + " at timestamptz not null default clock_timestamp())",
                "grant select on " + table + " to public"));
    }

    @Override
    public Book book() {
        return tables().book();
    }

    private Tables tables() {
        return new Tables(table(address.history()), table("lockstep_schema"), "current_user", "true");
    }

    @Override
    public List<Blocker> blockers(Connection observer, long backend) throws SQLException {
        return Obstruction.of(observer, backend);
    }

    @Override
    public Neighbours.Replicas replicas(Connection connection) throws SQLException {
        return Neighbours.replicas(connection);
    }

    @Override
    public Neighbours.Elders elders(Connection connection, Duration age) throws SQLException {
        return Neighbours.elders(connection, age);
    }

    @Override
    public boolean goesOn(Connection connection, Blocker blocker) throws SQLException {
        return Obstruction.goesOn(connection, blocker);
    }

    @Override
    public long backend(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /// PostgreSQL cancels an autovacuum for a waiter only after `deadlock_timeout`, one second by default.
    @Override
    public void displaceCleaning(Connection connection, String table, Duration timeout) throws SQLException {
        boolean alone = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            lockTimeout(connection, timeout);
            Query.run(connection, "lock table " + table + " in share update exclusive mode");
        } finally {
            if (alone) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public void cancel(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    @Override
    public Check check(Connection connection) {
        return () -> {}; // Deferred constraints are checked by the server's own COMMIT.
    }

    @Override
    public Optional<Probe> probe(Statement statement) {
        return Probe.postgresql(statement, address.schema());
    }

    @Override
    public boolean isDone(Connection connection, Probe probe) throws SQLException {
        return new PostgresqlProbes(this, connection).isDone(probe);
    }

    @Override
    public void clear(Connection connection, Probe probe) throws SQLException {
        new PostgresqlProbes(this, connection).clear(probe);
    }

    /// Source: PostgreSQL documentation, REINDEX, ALTER TABLE, ALTER DATABASE; Flyway's parser knows `REINDEX` of
    /// whole schemas and databases only.
    @Override
    public boolean standsAlone(Statement statement) {
        return statement.begins("reindex") && statement.has("concurrently")
                || statement.begins("alter", "table")
                        && statement.has("detach", "partition")
                        && statement.has("concurrently")
                || statement.begins("alter", "database") && statement.has("set", "tablespace");
    }

    @Override
    public Refusal refusal(SQLException failure, String place) {
        return Trouble.running(failure, place);
    }

    @Override
    public boolean passes(SQLException failure) {
        return Trouble.passes(failure);
    }

    @Override
    public Optional<List<String>> definitions(Connection connection) {
        return Optional.empty();
    }

    @Override
    public Dialect createBeside(Connection connection, String name) throws SQLException, Refusal {
        new Scratch(connection, address).create(name);
        var beside = new PostgresqlDialect(address.in(name));
        try (var inside = beside.connect("lockstep/scratch", false)) {
            new Scratch(inside, address).createSchemas();
        }
        return beside;
    }

    @Override
    public void sweepBeside(Connection connection) throws SQLException {
        new Scratch(connection, address).sweep();
    }

    @Override
    public void dropBeside(Connection connection, String name) throws SQLException {
        new Scratch(connection, address).drop(name);
    }

    @Override
    public Map<String, Long> rows(Connection connection, Set<String> tables) throws SQLException {
        return Estimate.postgresql(connection, tables, this::table);
    }

    @Override
    public List<String> unsound(Connection connection, Set<String> indexes, Set<String> constraints)
            throws SQLException {
        return new PostgresqlProbes(this, connection).unsound(address.schema(), indexes, constraints);
    }
}
