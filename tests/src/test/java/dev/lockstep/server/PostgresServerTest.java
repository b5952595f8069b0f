package dev.lockstep.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {
    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void a_fresh_database_is_of_the_major_version_and_speaks_tls_verified_in_full(int major) throws SQLException {
        var database = PostgresServer.start(major).fresh();

        try (var connection = database.asOwner()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(major);
            assertThat(one(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void the_owner_is_nobody_on_the_server(int major) throws SQLException {
        var database = PostgresServer.start(major).fresh();

        try (var connection = database.asOwner()) {
            assertThat(
                            one(
                                    connection,
                                    "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void the_app_writes_rows_and_changes_no_schema(int major) throws SQLException {
        var database = PostgresServer.start(major).fresh();
        run(database.asOwner(), "CREATE TABLE pet (id bigserial PRIMARY KEY, name text)");

        run(database.asApp(), "INSERT INTO pet (name) VALUES ('cat')");

        assertThatThrownBy(() -> run(database.asApp(), "CREATE TABLE mine ()"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run(database.asApp(), "DROP TABLE pet")).hasMessageContaining("must be owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void the_client_dumps_as_the_owner(int major) throws Exception {
        var database = PostgresServer.start(major).fresh();
        run(database.asOwner(), "CREATE TABLE pet (name text); INSERT INTO pet VALUES ('a cat')");

        var dump = dump(database);

        assertThat(dump).contains("CREATE TABLE public.pet", "a cat");
    }

    private static String dump(Database database) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(PostgresClient.find().dump().toString(), "-n", "public").redirectErrorStream(true);
        builder.environment().put("PGHOST", database.host());
        builder.environment().put("PGPORT", "" + database.port());
        builder.environment().put("PGDATABASE", database.name());
        builder.environment().put("PGUSER", database.owner().user());
        builder.environment().put("PGPASSWORD", database.owner().password());
        builder.environment().put("PGSSLMODE", "verify-full");
        builder.environment().put("PGSSLROOTCERT", database.ca().toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Connection opened, String sql) throws SQLException {
        try (var connection = opened;
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
