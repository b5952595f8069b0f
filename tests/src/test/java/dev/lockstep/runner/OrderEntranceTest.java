package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an Order says of the way into its database.
final class OrderEntranceTest extends Jobsite {
    private static final Order.Postgresql.Keys KEYS =
            new Order.Postgresql.Keys(Optional.of("host"), Optional.of("port"), Optional.of("dbname"));

    @TempDir
    Path issued;

    @Test
    void host_port_and_database_may_lie_in_the_secret() throws IOException, Refusal {
        write(Places.CREDENTIALS + "/host", "localhost\n");
        write(Places.CREDENTIALS + "/port", database.port() + "\n");
        write(Places.CREDENTIALS + "/dbname", database.name());

        assertThat(entering(of(Optional.of(KEYS), Optional.empty()))).isZero();
    }

    @Test
    void a_key_that_is_missing_or_holds_no_port_is_named_and_its_content_is_not() throws IOException, Refusal {
        write(Places.CREDENTIALS + "/host", "localhost");
        write(Places.CREDENTIALS + "/port", "hunter2");

        assertThat(entering(of(Optional.of(KEYS), Optional.empty()))).isEqualTo(1);

        assertThat(report().at("/failure").toString())
                .contains("SecretMissing", "Secret orders-db", "key port is no port")
                .doesNotContain("hunter2");
        write(Places.CREDENTIALS + "/port", "" + database.port());
        assertThat(entering(of(Optional.of(KEYS), Optional.empty()))).isEqualTo(1);
        assertThat(report().at("/failure/message").asText()).isEqualTo("has no key dbname");
    }

    /// As issuers write keys: with the algorithm, and for RSA and elliptic curves without.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "genpkey -algorithm RSA -out tls.key",
                "genrsa -traditional -out tls.key",
                "ecparam -name prime256v1 -genkey -out tls.key"
            })
    void a_certificate_lets_the_run_and_its_backup_in_without_a_password(String key)
            throws IOException, Refusal, SQLException, InterruptedException {
        certify(key);
        Files.delete(at(Places.CREDENTIALS + "/password"));
        Files.createDirectories(at(Places.BACKUPS));
        assertThat(entering(of(Optional.empty(), Optional.of("orders-client")))).isZero();
        write(Places.MIGRATIONS + "/V2__more.sql", "update orders set total = 0;");

        assertThat(entering(of(Optional.empty(), Optional.of("orders-client")))).isZero();

        assertThat(report().at("/backup/name").asText()).isNotEmpty();
    }

    @Test
    void a_key_with_a_passphrase_is_refused_by_name() throws IOException, Refusal {
        write(Places.CLIENT + "/tls.crt", "");
        write(
                Places.CLIENT + "/tls.key",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----");

        assertThat(entering(of(Optional.empty(), Optional.of("orders-client")))).isEqualTo(1);

        assertThat(report().at("/failure/place").asText()).isEqualTo("Secret orders-client");
        assertThat(report().at("/failure/message").asText()).contains("tls.key is no private key");
    }

    private int entering(Order.Postgresql way) throws Refusal {
        var all = new Order.Backup(
                Order.Backup.When.Always, 5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var there = new Order.Database(Optional.of(way), Optional.empty(), Optional.empty());
        return carryOut(with(order(), Map.of("database", there, "backup", all)));
    }

    /// @param keys in place of host, port and database
    private Order.Postgresql of(Optional<Order.Postgresql.Keys> keys, Optional<String> client) throws Refusal {
        var usual = order().database().postgresql().orElseThrow();
        return new Order.Postgresql(
                usual.host().filter(written -> keys.isEmpty()),
                usual.port().filter(written -> keys.isEmpty()),
                usual.database().filter(written -> keys.isEmpty()),
                usual.schema(),
                usual.secretName(),
                usual.usernameKey(),
                usual.passwordKey(),
                usual.tls(),
                usual.caSecretName(),
                usual.caKey(),
                usual.role(),
                keys,
                client);
    }

    /// Gives the database to the role that the server lets in by its certificate alone, and issues one.
    private void certify(String key) throws IOException, SQLException, InterruptedException {
        try (var connection = PostgresServer.start(18).superuser();
                var statement = connection.createStatement()) {
            statement.execute("""
                    do $$ begin create role certified login; exception when duplicate_object then null; end $$""");
            statement.execute("alter database " + database.name() + " owner to certified");
        }
        var authority = database.ca().resolveSibling("ca.key");
        var issue = """
                openssl %s
                openssl req -new -key tls.key -subj /CN=certified -out tls.csr
                openssl x509 -req -in tls.csr -CA %s -CAkey %s -CAcreateserial -CAserial serial -days 2 -out tls.crt
                """.formatted(key, database.ca(), authority);
        var process = new ProcessBuilder("sh", "-ec", issue)
                .directory(issued.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor())
                .as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        write(Places.CREDENTIALS + "/user", "certified");
        write(Places.CLIENT + "/tls.crt", Files.readString(issued.resolve("tls.crt")));
        write(Places.CLIENT + "/tls.key", Files.readString(issued.resolve("tls.key")));
    }
}
