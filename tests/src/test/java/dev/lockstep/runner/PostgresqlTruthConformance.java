package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Why PostgreSQL let nobody in, told so that the right person mends it.
abstract class PostgresqlTruthConformance extends PostgresqlCareConformance {
    private Database place() {
        return ((Bed.Postgresql) database()).database();
    }

    private Terminal.Result plan(List<String> options) {
        terminal.script("V1__init.sql", INIT);
        var words = new ArrayList<>(List.of("plan", "--migrations=" + terminal.migrations()));
        words.addAll(options);
        return Terminal.type(new Stop(), words);
    }

    private String address(int port) {
        return "--database=postgresql://" + place().owner().user() + "@localhost:" + port + "/" + place().name();
    }

    @Test
    void a_password_that_nobody_gave_is_asked_for() {
        var result = plan(List.of(address(place().port()), "--ca=" + place().ca(), "--tls=verify-full"));

        fails(result, Code.SecretMissing, "localhost:" + place().port() + ": no password was given");
        assertThat(result.err()).contains("--password-file", "PGPASSWORD");
    }

    @Test
    void a_wrong_password_is_the_servers_no() {
        var result = plan(List.of(
                address(place().port()),
                "--ca=" + place().ca(),
                "--tls=verify-full",
                "--password-from-environment=wrong"));

        fails(result, Code.AuthenticationRefused, "localhost:" + place().port());
    }

    @Test
    void a_server_without_tls_is_told_apart_from_one_that_is_not_there() throws IOException {
        try (var server = new ServerSocket(0)) {
            var answer = CompletableFuture.runAsync(() -> refuseTls(server));

            var result = plan(List.of(address(server.getLocalPort()), "--tls=require"));

            fails(result, Code.TlsFailed, "localhost:" + server.getLocalPort() + ": the server offers no TLS");
            assertThat(result.err()).contains("ssl = on");
            answer.join();
        }
    }

    private static void refuseTls(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().readNBytes(8);
            socket.getOutputStream().write('N');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_role_that_cannot_be_taken_is_named_with_the_grant_that_mends_it() {
        var nobody = new ArrayList<>(database().owner());
        nobody.add("--role=nix");
        var result = plan(nobody);
        fails(result, Code.PermissionMissing, "localhost:" + place().port() + ": there is no role nix");
        var foreign = new ArrayList<>(database().owner());
        foreign.add("--role=postgres");

        var forbidden = plan(foreign);

        fails(forbidden, Code.PermissionMissing, "localhost:" + place().port());
        assertThat(forbidden.err())
                .contains("may not take the role postgres")
                .contains("GRANT postgres TO " + place().owner().user());
    }

    @Test
    void a_port_that_is_none_is_a_mistake_in_the_address() {
        fails(plan(List.of(address(99_999))), Code.Usage, "--database: the address has the port 99999");
    }

    @Test
    void a_database_with_any_name_is_saved_and_restored() throws SQLException, IOException {
        var server = ((Bed.Postgresql) database()).server();
        var from = renamed("x=y" + place().name());
        var to = renamed("postgresql:" + server.fresh().name());
        var typed = new Terminal(new Bed.Postgresql(server, from), folder);
        typed.script("V1__init.sql", INIT).script("V2__more.sql", "insert into orders values (2, 20);");
        succeeds(typed.upgrade("1"));
        succeeds(typed.upgrade());
        try (var files = Files.list(terminal.backups())) {
            var name = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".dump"))
                    .findFirst()
                    .orElseThrow();
            var other = typed.on(new Bed.Postgresql(server, to));

            succeeds(other.show(
                    "backup", "restore", name, "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()));

            assertThat(other.bed().ask("select count(*) from orders")).isEqualTo("1");
        }
    }

    /// Another database of the same owner.
    private Database renamed(String name) throws SQLException {
        try (var superuser = ((Bed.Postgresql) database()).server().superuser();
                var statement = superuser.createStatement()) {
            statement.execute(
                    "create database \"" + name + "\" owner " + place().owner().user());
        }
        return new Database(place().host(), place().port(), name, place().owner(), place().app(), place().ca());
    }

    @Test
    void a_restore_without_its_tools_is_a_restore_that_failed() throws IOException {
        withTable();
        succeeds(terminal.show("backup", "take", "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()));
        var tools = Files.createDirectory(folder.resolve("half"));
        Files.createSymbolicLink(tools.resolve("pg_restore"), Terminal.tools().resolve("pg_restore"));
        var other = terminal.on(other());
        try (var files = Files.list(terminal.backups())) {
            var name = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".dump"))
                    .findFirst()
                    .orElseThrow();

            var result = other.show("backup", "restore", name, "--backup=" + terminal.backups(), "--pg-bin=" + tools);

            fails(result, Code.RestoreFailed, tools.resolve("psql") + ": cannot be started");
        }
    }

    /// A certificate authority that did not sign this server's certificate.
    abstract Path otherAuthority();

    @Test
    void the_certificate_has_to_come_from_the_authority() {
        var result = verified("localhost", otherAuthority());

        fails(result, Code.TlsFailed, "localhost");
        assertThat(result.err()).contains("--ca");
    }

    @Test
    void the_certificate_has_to_name_the_host() {
        var result =
                verified("127.0.0.1", ((Bed.Postgresql) database()).database().ca());

        fails(result, Code.TlsFailed, "127.0.0.1");
        assertThat(result.err()).contains("the host as the certificate has it");
    }

    private Terminal.Result verified(String host, Path authority) {
        terminal.script("V1__init.sql", INIT);
        var database = ((Bed.Postgresql) database()).database();
        var address =
                "postgresql://" + database.owner().user() + "@" + host + ":" + database.port() + "/" + database.name();
        return Terminal.type(
                new Stop(),
                List.of(
                        "upgrade",
                        "--database=" + address,
                        "--password-from-environment=" + database.owner().password(),
                        "--tls=verify-full",
                        "--ca=" + authority,
                        "--backup=never",
                        "--migrations=" + terminal.migrations()));
    }
}
