package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Bounds;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an Order asks and what its Report says.
final class OrderTest extends Jobsite {
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

        var elsewhere = new Order.Database(order.database().postgresql(), Optional.empty(), Optional.of("versions"));
        var files = new Order.Files("inline", order.files().digest(), placeholders, Optional.empty(), Optional.empty());

        assertThat(carryOut(with(order, Map.of("database", elsewhere, "files", files))))
                .isZero();

        try (var connection = database.asOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from versions where version = '2'")) {
            assertThat(row.next() && row.getInt(1) == 1).isTrue();
            statement.execute("insert into more default values");
        }
    }

    @Test
    void what_lies_beside_the_scripts_is_no_script_and_in_nobodys_way() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/README.md", "How we write scripts.");

        assertThat(carryOut(order())).isZero();
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
    void a_run_that_takes_longer_than_its_deadline_ends_itself_and_reports() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/V2__slow.sql", "select pg_sleep(60);");
        var order = order();

        assertThat(carryOut(with(order, Map.of("deadlineMillis", 4_000)))).isEqualTo(124);

        assertThat(report().at("/failure/code").asText()).isEqualTo("DeadlineExceeded");
        assertThat(report().at("/revision").asText()).isEqualTo("1");
    }

    @Test
    void an_order_bounds_its_batches_and_takes_back_what_a_failed_run_applied()
            throws IOException, Refusal, SQLException {
        assertThat(carryOut(order())).isZero();
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("insert into orders select i, 1 from generate_series(2, 100) i");
        }
        write(
                Places.MIGRATIONS + "/V2__more.sql",
                "-- Batch: table=orders\nupdate orders set total = 2 where ${batch};");
        write(
                Places.MIGRATIONS + "/U2__more.sql",
                "create table taken_back (transactions)"
                        + " as select count(distinct xmin::text) from orders where total = 2;");
        write(Places.MIGRATIONS + "/V3__last.sql", "select 1 / 0;");
        var bounds = new Bounds(Optional.empty(), Optional.empty(), Optional.of(20), Optional.of(200L));
        long begun = System.nanoTime();

        assertThat(carryOut(with(order(), Map.of("bounds", bounds, "onFailure", Order.OnFailure.Downgrade))))
                .isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(report().at("/revision").asText()).isEqualTo("1");
        try (var connection = database.asOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select transactions from taken_back")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(5);
        }
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

    @Test
    void a_claim_keeps_its_database_inside() throws IOException, Refusal {
        assertThat(carryOut(onSqlite("../escape.db"))).isEqualTo(2);

        assertThat(report().at("/failure/message").asText()).contains("leaves the claim");
    }

    @Test
    void a_path_asks_nothing_of_sqlites_driver() throws IOException, Refusal {
        for (var path : new String[] {"app.db?journal_mode=off", "app\n.db", "app\0"}) {
            assertThat(carryOut(onSqlite(path))).isEqualTo(2);

            assertThat(report().at("/failure/message").asText()).contains("has a question mark or a control character");
        }
    }

    private Order onSqlite(String path) throws IOException, Refusal {
        var sqlite = new Order.Sqlite("data", path);
        return with(
                order(),
                Map.of("database", new Order.Database(Optional.empty(), Optional.of(sqlite), Optional.empty())));
    }
}
