package dev.lockstep.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.Database;
import dev.lockstep.server.PostgresServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Codes that need a server of another kind than those that the other tests use.
final class ServerCodesTest extends Workplace {
    @Override
    Bed bed() {
        return Bed.postgresql(18);
    }

    private Bed.Postgresql place() {
        return (Bed.Postgresql) database();
    }

    @Test
    void a_replica_is_refused_with_the_hint_at_its_primary() {
        var server = PostgresServer.standby(18);
        var login = server.superuserLogin();
        var database = new Database(server.host(), server.port(), "postgres", login, login, server.ca());
        terminal = terminal.on(new Bed.Postgresql(server, database));
        terminal.script("V1__init.sql", INIT);

        var result = terminal.upgrade("--backup=never");

        fails(result, Code.Standby, "postgresql://postgres@localhost");
        assertThat(result.err()).contains("name the primary's host");
    }

    /// No server so old runs here, so one is made to say that it is.
    @Test
    void a_server_that_is_too_old_is_refused() throws SQLException {
        var owner = place().database().owner().user();
        database()
                .execute(
                        "create function current_setting(text) returns text language sql as $$ select '140005' $$",
                        "alter role " + owner + " set search_path = public, pg_catalog");
        terminal.script("V1__init.sql", INIT);

        fails(terminal.show("plan"), Code.VersionUnsupported, "postgresql://");
    }

    @Test
    void a_session_that_the_server_ends_is_a_connection_lost() throws Exception {
        terminal.script("V1__init.sql", INIT).script("V2__slow.sql", "select pg_sleep(30);");
        var run = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
        var ends = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'"
                + " and datname = current_database()";
        for (int i = 0; i < 300 && database().ask(ends).equals("no row"); i++) {
            Thread.sleep(100);
        }

        var result = run.join();

        fails(result, Code.ConnectionLost, "");
        assertThat(result.err())
                .contains("run again: that finds out how far this script came")
                .doesNotContain("nothing was changed", "taking back");
    }

    @Test
    void a_history_that_forgets_what_has_just_run_is_our_defect() {
        terminal.script("V1__init.sql", INIT)
                .script("afterMigrate.sql", "delete from flyway_schema_history where version = '1';");

        fails(terminal.upgrade("--backup=never"), Code.Defect, "V1__init.sql: ");
    }

    /// A pooler knows few settings at the start of a session and refuses the others. A server that is older than a
    /// setting refuses that one; measured with PostgreSQL 12.22, whose answer this is.
    @ParameterizedTest
    @CsvSource({
        "PoolerDetected, 08P01, unsupported startup parameter: options",
        "VersionUnsupported, 42704, unrecognized configuration parameter \"client_connection_check_interval\""
    })
    void a_pooler_and_an_old_server_are_known_by_their_refusal_of_settings(Code code, String state, String message)
            throws IOException {
        try (var pooler = new ServerSocket(0)) {
            var answer = CompletableFuture.runAsync(() -> refuseSettings(pooler, state, message));
            terminal.script("V1__init.sql", INIT);

            var result = Terminal.type(
                    new Stop(),
                    List.of(
                            "upgrade",
                            "--migrations=" + terminal.migrations(),
                            "--database=postgresql://me@localhost:" + pooler.getLocalPort() + "/orders",
                            "--tls=disable",
                            "--backup=never"));

            fails(result, code, "localhost:" + pooler.getLocalPort());
            answer.join();
        }
    }

    /// Source: PostgreSQL documentation, "Frontend/Backend Protocol", Message Formats, ErrorResponse.
    private static void refuseSettings(ServerSocket pooler, String state, String message) {
        try (var client = pooler.accept()) {
            var in = new DataInputStream(client.getInputStream());
            in.readNBytes(in.readInt() - Integer.BYTES);
            var fields = "SFATAL\0C%s\0M%s\0\0".formatted(state, message).getBytes(ISO_8859_1);
            var out = new DataOutputStream(client.getOutputStream());
            out.writeByte('E');
            out.writeInt(Integer.BYTES + fields.length);
            out.write(fields);
            out.flush();
            in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
