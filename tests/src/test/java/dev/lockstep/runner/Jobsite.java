package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A Job's container without the container: an Order goes in, a Report comes out where the kubelet looks.
abstract class Jobsite {
    static final Order.Backup NO_BACKUP = new Order.Backup(
            Order.Backup.When.Never, 5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    /// What the containers have said.
    final ByteArrayOutputStream log = new ByteArrayOutputStream();

    final Database database = PostgresServer.start(18).fresh();

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

    Path at(String place) {
        return root.resolve(place.substring(1));
    }

    void write(String place, String text) throws IOException {
        Files.createDirectories(at(place).getParent());
        Files.writeString(at(place), text);
    }

    Order order() throws Refusal {
        return new Order(
                Order.VERSION,
                "orders-1",
                "run",
                "shop/orders",
                new Order.Database(Optional.of(entrance()), Optional.empty(), Optional.empty()),
                new Order.Files(
                        "inline",
                        Optional.of(Digest.of(Folder.everything(at(Places.MIGRATIONS)))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "head",
                false,
                Order.Approval.Destructive,
                Optional.empty(),
                Order.Contract.Hold,
                new Order.Locks(100, 10_000),
                NO_BACKUP,
                60_000,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Order.Postgresql entrance() {
        return new Order.Postgresql(
                Optional.of("localhost"),
                Optional.of(database.port()),
                Optional.of(database.name()),
                "public",
                "orders-db",
                "user",
                "password",
                "verify-full",
                Optional.of("orders-ca"),
                "ca.crt",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    int carryOut(Order order) {
        var out = new PrintStream(log, true, StandardCharsets.UTF_8);
        var world = new World(
                out, out, InstantSource.system(), RandomGenerator.getDefault(), new Stop(), root, Optional.empty());
        return Cli.run(
                world,
                "order",
                "--pg-bin=" + Terminal.tools(),
                "--order=" + Json.write(order).replace("\"role\":null,", ""));
    }

    JsonNode report() throws IOException {
        var bytes = Files.readAllBytes(at(Places.TERMINATION));
        assertThat(bytes.length).isLessThanOrEqualTo(Report.BYTES_MAX);
        return JSON.readTree(bytes);
    }

    /// The same with these fields otherwise.
    static Order with(Order order, Map<String, ?> fields) {
        try {
            var tree = (ObjectNode) JSON.readTree(Json.write(order));
            for (var field : fields.entrySet()) {
                tree.set(field.getKey(), JSON.readTree(Json.write(field.getValue())));
            }
            return Json.order(tree.toString());
        } catch (JsonProcessingException | Refusal e) {
            throw new IllegalArgumentException(e);
        }
    }

    int await(String revision) {
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
}
