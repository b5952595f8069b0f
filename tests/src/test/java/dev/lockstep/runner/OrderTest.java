package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import dev.lockstep.handover.Report;
import dev.lockstep.script.Folder;
import dev.lockstep.server.Database;
import dev.lockstep.server.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Job's container without the container: an Order goes in, a Report comes out where the kubelet looks.
final class OrderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private final Database database = PostgresServer.start(18).fresh();

    @BeforeEach
    void mount() throws IOException {
        write(Places.TERMINATION, "");
        write(Places.CREDENTIALS + "/user", database.owner().user() + "\n");
        write(Places.CREDENTIALS + "/password", database.owner().password());
        Files.createDirectories(at(Places.CA));
        Files.copy(database.ca(), at(Places.CA).resolve("ca.crt"));
        write(Places.MIGRATIONS + "/..data/V9__bookkeeping.sql", "not ours");
        write(Places.MIGRATIONS + "/V1__init.sql", Workplace.INIT);
    }

    private Path at(String place) {
        return root.resolve(place.substring(1));
    }

    private void write(String place, String text) throws IOException {
        Files.createDirectories(at(place).getParent());
        Files.writeString(at(place), text);
    }

    private Order order() throws Refusal {
        var postgresql = new Order.Postgresql(
                "localhost",
                database.port(),
                database.name(),
                "public",
                "orders-db",
                "user",
                "password",
                "verify-full",
                Optional.of("orders-ca"),
                "ca.crt",
                Optional.empty());
        return new Order(
                Order.VERSION,
                "orders-1",
                "run",
                "shop/orders",
                new Order.Database(Optional.of(postgresql), Optional.empty(), Optional.empty()),
                new Order.Files("inline", Digest.of(Folder.read(at(Places.MIGRATIONS))), Optional.empty()),
                "head",
                Order.Approval.Destructive,
                Order.Contract.Hold,
                new Order.Locks(100, 10_000),
                new Order.Backup("Never", 5),
                60_000,
                false);
    }

    private int carryOut(Order order) {
        var dropped = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var world = new World(
                dropped,
                dropped,
                InstantSource.system(),
                RandomGenerator.getDefault(),
                new Stop(),
                root,
                Optional.empty());
        return Cli.run(world, "order", "--order=" + Json.write(order).replace("\"role\":null,", ""));
    }

    private JsonNode report() throws IOException {
        var bytes = Files.readAllBytes(at(Places.TERMINATION));
        assertThat(bytes.length).isLessThanOrEqualTo(Report.BYTES_MAX);
        return JSON.readTree(bytes);
    }

    @Test
    void an_order_ends_in_a_report() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();

        assertThat(report().get("outcome").asText()).isEqualTo("Done");
        assertThat(report().get("revision").asText()).isEqualTo("1");
        assertThat(report().at("/applied/0/lockAttempts").asInt()).isEqualTo(1);
    }

    @Test
    void an_order_brings_placeholders_and_the_historys_table() throws IOException, Refusal, SQLException {
        write(
                Places.MIGRATIONS + "/V2__more.sql",
                "create table ${name} (table_of_history text default '${flyway:table}');");
        var order = order();
        var placeholders = Optional.of(Map.of("name", "more"));

        assertThat(carryOut(with(
                        order,
                        new Order.Database(order.database().postgresql(), Optional.empty(), Optional.of("versions")),
                        new Order.Files("inline", order.files().digest(), placeholders))))
                .isZero();

        try (var connection = database.asOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from versions where version = '2'")) {
            assertThat(row.next() && row.getInt(1) == 1).isTrue();
            statement.execute("insert into more default values");
        }
    }

    private static Order with(Order order, Order.Database database, Order.Files files) {
        return new Order(
                order.v(),
                order.run(),
                order.verb(),
                order.resource(),
                database,
                files,
                order.target(),
                order.approval(),
                order.contract(),
                order.locks(),
                order.backup(),
                order.deadlineMillis(),
                order.takesOver());
    }

    @Test
    void a_missing_secret_and_a_missing_key_are_named() throws IOException, Refusal {
        Files.delete(at(Places.CREDENTIALS + "/password"));

        assertThat(carryOut(order())).isEqualTo(1);

        assertThat(report().at("/failure/code").asText()).isEqualTo("SecretMissing");
        assertThat(report().at("/failure/place").asText()).isEqualTo("Secret orders-db");
        assertThat(report().at("/failure/message").asText()).isEqualTo("has no key password");
    }

    @Test
    void other_scripts_than_the_orders_are_not_run() throws IOException, Refusal {
        var order = order();
        write(Places.MIGRATIONS + "/V2__more.sql", "select 1;");

        assertThat(carryOut(order)).isEqualTo(4);

        assertThat(report().at("/failure/code").asText()).isEqualTo("PlanChanged");
    }

    @Test
    void a_long_report_is_cut_to_what_the_kubelet_keeps_and_stays_json() throws IOException, Refusal {
        for (int i = 2; i < 300; i++) {
            write(Places.MIGRATIONS + "/V" + i + "__" + "ü".repeat(60) + i + ".sql", "select 1;");
        }

        assertThat(carryOut(order())).isZero();

        assertThat(report().at("/counts/applied").asInt()).isEqualTo(299);
        assertThat(report().at("/applied/0/revision").asText()).isEqualTo("299");
    }

    private static Order of(Order order, String resource, Order.Contract contract, boolean takesOver) {
        return new Order(
                order.v(),
                order.run(),
                order.verb(),
                resource,
                order.database(),
                order.files(),
                order.target(),
                order.approval(),
                contract,
                order.locks(),
                order.backup(),
                order.deadlineMillis(),
                takesOver);
    }

    @Test
    void a_database_belongs_to_the_resource_that_came_first() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V2__more.sql", "create table more (id integer);");

        assertThat(carryOut(of(order(), "shop/another", Order.Contract.Hold, false)))
                .isEqualTo(1);

        assertThat(report().at("/failure/code").asText()).isEqualTo("TargetConflict");
        assertThat(report().at("/failure/message").asText()).contains("shop/orders");
        assertThat(carryOut(of(order(), "shop/another", Order.Contract.Hold, true)))
                .isZero();
        assertThat(report().get("revision").asText()).isEqualTo("2");
        assertThat(carryOut(order())).as("no longer its own").isEqualTo(1);
    }

    @Test
    void a_closed_gate_keeps_older_pods_out_before_the_contract_step_runs() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V2__more.sql", "alter table orders add column amount integer;");
        write(Places.MIGRATIONS + "/V3__less.sql", "alter table orders alter column total set not null;");
        assertThat(carryOut(of(order(), "shop/orders", Order.Contract.Hold, false)))
                .isZero();
        assertThat(await("1")).isZero();

        assertThat(carryOut(of(order(), "shop/orders", Order.Contract.CloseGate, false)))
                .isZero();

        assertThat(report().get("floor").asText()).isEqualTo("3");
        assertThat(report().at("/held/0/revision").asText()).isEqualTo("3");
        assertThat(await("2")).isEqualTo(10);
        assertThat(await("3")).isZero();
        assertThat(carryOut(of(order(), "shop/orders", Order.Contract.Go, false)))
                .isZero();
        assertThat(report().get("revision").asText()).isEqualTo("3");
    }

    private int await(String revision) {
        var dropped = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var login = database.app();
        var address = "postgresql://" + login.user() + "@localhost:" + database.port() + "/" + database.name();
        var world = new World(
                dropped,
                dropped,
                InstantSource.system(),
                RandomGenerator.getDefault(),
                new Stop(),
                Path.of("/nowhere"),
                Optional.empty());
        return Cli.run(
                world,
                "await",
                "--revision=" + revision,
                "--timeout=1ms",
                "--database=" + address,
                "--ca=" + database.ca(),
                "--password-from-environment=" + login.password());
    }

    @Test
    void a_claim_keeps_its_database_inside() throws IOException, Refusal {
        var sqlite = new Order.Sqlite("data", "../escape.db");
        var order = order();
        var other =
                with(order, new Order.Database(Optional.empty(), Optional.of(sqlite), Optional.empty()), order.files());

        assertThat(carryOut(other)).isEqualTo(2);

        assertThat(report().at("/failure/message").asText()).contains("leaves the claim");
    }
}
