package dev.lockstep.runner;

import dev.lockstep.server.Database;
import dev.lockstep.server.Login;
import dev.lockstep.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// An empty database of one kind, and how the command line and a test get into it.
sealed interface Bed {

    /// Options that name the database as the role that migrates.
    List<String> owner();

    /// Options that name it as the application's role.
    List<String> app();

    Connection connect() throws SQLException;

    /// Plain Flyway on it, as another program of the user would run it.
    ///
    /// @param ignored patterns of what `validate` passes over
    default Flyway flyway(Path migrations, String... ignored) {
        return configuration()
                .locations("filesystem:" + migrations)
                .ignoreMigrationPatterns(ignored)
                .load();
    }

    /// The same before it is told where scripts are.
    FluentConfiguration configuration();

    /// Lower-case name, as the vendor folder.
    String vendor();

    static Bed postgresql(int major) {
        var server = PostgresServer.start(major);
        return new Postgresql(server, server.fresh());
    }

    record Postgresql(PostgresServer server, Database database) implements Bed {
        @Override
        public List<String> owner() {
            return options(database.owner());
        }

        @Override
        public List<String> app() {
            return options(database.app());
        }

        /// Options that name it as the role that migrates, by way of a proxy that knows no TLS.
        List<String> through(int port) {
            var owner = database.owner();
            return List.of(
                    "--database=postgresql://" + owner.user() + "@localhost:" + port + "/" + database.name(),
                    "--tls=disable",
                    "--password-from-environment=" + owner.password());
        }

        private List<String> options(Login login) {
            var address = "postgresql://" + login.user() + "@" + database.host() + ":" + database.port() + "/"
                    + database.name();
            return List.of(
                    "--database=" + address,
                    "--tls=verify-full",
                    "--ca=" + database.ca(),
                    "--password-from-environment=" + login.password());
        }

        @Override
        public Connection connect() throws SQLException {
            return database.asOwner();
        }

        @Override
        public FluentConfiguration configuration() {
            return Flyway.configure()
                    .dataSource(
                            "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name(),
                            database.owner().user(),
                            database.owner().password());
        }

        @Override
        public String vendor() {
            return "postgresql";
        }
    }

    record Sqlite(Path file) implements Bed {
        @Override
        public List<String> owner() {
            return List.of("--database=sqlite:" + file);
        }

        @Override
        public List<String> app() {
            return owner();
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + file);
        }

        @Override
        public FluentConfiguration configuration() {
            return Flyway.configure().dataSource("jdbc:sqlite:" + file, "", "");
        }

        @Override
        public String vendor() {
            return "sqlite";
        }
    }

    default void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// First column of the first row, as text; `no row` where there is none.
    default String ask(String sql) throws SQLException {
        return column(sql).stream().findFirst().orElse("no row");
    }

    default List<String> column(String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(Optional.ofNullable(row.getString(1)).orElse("null"));
            }
        }
        return values;
    }
}
