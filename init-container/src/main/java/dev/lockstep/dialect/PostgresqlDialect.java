package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/// PostgreSQL 15 to 18.
record PostgresqlDialect(Address.Postgresql address) implements Dialect {
    /// `client_connection_check_interval`: without it the statement of a killed runner goes on and commits
    /// seconds
    /// later.
    /// `idle_…` and `statement_timeout`: a session that holds the lock over a long backup must not be ended by a
    /// default.
    private static final List<String> SETTINGS = List.of(
            "client_connection_check_interval=1s",
            "statement_timeout=0",
            "idle_in_transaction_session_timeout=0",
            "idle_session_timeout=0");

    @Override
    public String vendor() {
        return "postgresql";
    }

    @Override
    public Connection connect(String name, boolean writes) throws Refusal {
        try {
            var connection = new Driver().connect(url(), properties(name, writes));
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own URL");
            }
            return connection;
        } catch (SQLException e) {
            throw Trouble.connecting(e, address);
        }
    }

    private String url() {
        return "jdbc:postgresql://" + address.inUrl() + ":" + address.port() + "/"
                + URLEncoder.encode(address.database(), StandardCharsets.UTF_8);
    }

    private Properties properties(String name, boolean writes) {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        address.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", name);
        properties.setProperty("sslmode", address.tls());
        properties.setProperty("sslfactory", "org.postgresql.ssl.LibPQFactory");
        address.ca().ifPresent(ca -> properties.setProperty("sslrootcert", ca.toString()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "10");
        // A pooler, through which an application's gate may well ask, knows no settings at the start of a
        // session.
        var options = options(writes);
        if (!options.isEmpty()) {
            properties.setProperty("options", options);
        }
        return properties;
    }

    private String options(boolean writes) {
        var settings = new ArrayList<>(writes ? SETTINGS : List.<String>of());
        if (writes) {
            settings.add("search_path="
                    + (address.schema().equals("public") ? "public" : quote(address.schema()) + ",public"));
        }
        address.role().ifPresent(role -> settings.add("role=" + role));
        return settings.stream()
                .map(setting -> "-c " + setting.replace("\\", "\\\\").replace(" ", "\\ "))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
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
                                   and c.relname not in (?, 'lockstep_schema')
                                   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e'))
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
                        row.getBoolean(7));
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
        return new Ledger(
                List.of(
                        "create table if not exists " + table
                                + " (version text primary key, alias text unique, phase text not null, checksum integer not null,"
                                + " state text not null, at timestamptz not null default clock_timestamp())",
                        "grant select on " + table + " to public"),
                "select version, state from " + table,
                "insert into " + table + " (version, alias, phase, checksum, state) values (?, ?, ?, ?, ?)"
                        + " on conflict (version) do update set alias = excluded.alias, phase = excluded.phase,"
                        + " checksum = excluded.checksum, state = excluded.state, at = excluded.at",
                "update " + table + " set alias = null where alias = ? and version <> ?",
                "delete from " + table + " where version = ?",
                "select state from " + table + " where (version = ? or alias = ?) and state in ('applied', 'held')");
    }

    @Override
    public String historyRows() {
        return "select installed_rank, version, description, type, script, checksum, success from "
                + table(address.history()) + " order by installed_rank";
    }

    @Override
    public List<Blocker> blockers(Connection observer, long backend) throws SQLException {
        return Obstruction.of(observer, backend);
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
    public void checkBeforeCommit(Connection connection) {
        // Deferred constraints are checked by the server's own COMMIT.
    }

    @Override
    public Optional<Boolean> isValidIndex(Connection connection, String name) throws SQLException {
        var sql = "select i.indisvalid from pg_index i where i.indexrelid = to_regclass(?)";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, table(name));
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void dropInvalidIndex(Connection connection, String name) throws SQLException {
        if (isValidIndex(connection, name).equals(Optional.of(false))) {
            lockTimeout(connection, Duration.ZERO);
            Query.run(connection, "drop index concurrently if exists " + table(name));
        }
    }

    @Override
    public Refusal refusal(SQLException failure, String place) {
        return Trouble.running(failure, place);
    }

    @Override
    public boolean passes(SQLException failure) {
        return Trouble.passes(failure);
    }
}
