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
    Flyway flyway(Path migrations, String... ignored);

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
        public Flyway flyway(Path migrations, String... ignored) {
            return Flyway.configure()
                    .dataSource(
                            "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name(),
                            database.owner().user(),
                            database.owner().password())
                    .locations("filesystem:" + migrations)
                    .ignoreMigrationPatterns(ignored)
                    .load();
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
        public Flyway flyway(Path migrations, String... ignored) {
            return Flyway.configure()
                    .dataSource("jdbc:sqlite:" + file, "", "")
                    .locations("filesystem:" + migrations)
                    .ignoreMigrationPatterns(ignored)
                    .load();
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
