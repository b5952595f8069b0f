package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A sweep that does not come to its end in one attempt of the last leg.
final class OrderSweepTest extends Jobsite {
    private final Bed bed = new Bed.Postgresql(PostgresServer.start(18), database);

    private JsonNode leg(Order.Contract leg, Map<String, ?> more) throws IOException, Refusal {
        carryOut(with(with(order(), Map.of("contract", leg)), more));
        return report();
    }

    /// Rows 1 and 2 are swept, and row 3 cannot be filled.
    private Map<String, ?> stoppedHalfWay() throws IOException, Refusal, SQLException {
        carryOut(order());
        write(Places.MIGRATIONS + "/V2__amount.sql", "alter table orders add column amount integer;");
        write(
                Places.MIGRATIONS + "/V3__fill.sql",
                "-- Batch: table=orders rows=1\n"
                        + "update orders set amount = 100 / (total - 20) where ${batch} and amount is null;");
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V4__drop.sql", "alter table orders drop column total;");
        var hash = leg(Order.Contract.Hold, Map.of()).get("plan").asText();
        bed.execute("insert into orders (id, total) values (2, 30), (3, 20), (4, 40)");
        Map<String, ?> yes = Map.of("approvedPlan", Optional.of(hash));
        leg(Order.Contract.CloseGate, yes);
        assertThat(leg(Order.Contract.Go, yes).at("/failure/place").asText()).isEqualTo("V3__fill.sql:2");
        assertThat(bed.ask("select amount from orders where id = 2")).isEqualTo("10");
        bed.execute("update orders set total = 30 where id = 3", "update orders set amount = null where id = 2");
        return yes;
    }

    private String amounts() throws SQLException {
        return String.join(" ", bed.column("select amount from orders order by id"));
    }

    @Test
    void it_goes_on_where_the_attempt_before_was() throws IOException, Refusal, SQLException {
        var yes = stoppedHalfWay();

        assertThat(leg(Order.Contract.Go, yes).get("revision").asText()).isEqualTo("4");

        assertThat(amounts()).as("row 2 is behind it").isEqualTo("-10 null 10 5");
        assertThat(bed.ask("select count(*) from pg_tables where tablename = 'lockstep_journal'"))
                .isEqualTo("0");
    }

    @Test
    void it_is_not_walked_again_for_a_drop_that_failed() throws IOException, Refusal, SQLException {
        var yes = stoppedHalfWay();
        bed.execute("create view totals as select total from orders");

        assertThat(leg(Order.Contract.Go, yes).at("/failure/place").asText()).isEqualTo("V4__drop.sql:1");
        bed.execute("drop view totals", "update orders set amount = null where id = 4");
        assertThat(leg(Order.Contract.Go, yes).get("revision").asText()).isEqualTo("4");

        assertThat(amounts()).isEqualTo("-10 null 10 null");
    }

    @Test
    void it_begins_at_the_first_row_once_the_release_before_has_been_let_in_again()
            throws IOException, Refusal, SQLException {
        var yes = stoppedHalfWay();
        assertThat(leg(Order.Contract.Hold, Map.of("target", "3")).get("floor").isNull())
                .isTrue();

        leg(Order.Contract.Hold, Map.of());
        leg(Order.Contract.CloseGate, yes);
        assertThat(leg(Order.Contract.Go, yes).get("revision").asText()).isEqualTo("4");

        assertThat(amounts()).isEqualTo("-10 10 10 5");
    }

    @Test
    void it_begins_at_the_first_row_where_nobody_has_closed_the_gate() throws IOException, Refusal, SQLException {
        var yes = stoppedHalfWay();
        bed.execute("update lockstep_schema set floor = false");

        assertThat(leg(Order.Contract.Go, yes).get("revision").asText()).isEqualTo("4");

        assertThat(amounts()).isEqualTo("-10 10 10 5");
    }
}
