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

/// The legs of the way, up and down, as the operator orders them.
final class OrderWayTest extends Jobsite {
    private static final int BEHIND = 9;
    private static final int PAST = 10;

    private JsonNode leg(Order.Contract leg, Map<String, ?> more) throws IOException, Refusal {
        carryOut(with(with(order(), Map.of("contract", leg)), more));
        return report();
    }

    private static Map<String, ?> down(String target, Optional<String> approved) {
        return Map.of("target", target, "mayDowngrade", true, "approvedPlan", approved);
    }

    private void atRevisionTwo() throws IOException, Refusal {
        carryOut(order());
        write(Places.MIGRATIONS + "/V2__more.sql", "alter table orders add column amount integer;");
        write(Places.MIGRATIONS + "/U2__more.sql", "alter table orders drop column amount;");
        assertThat(carryOut(order())).isZero();
    }

    @Test
    void a_loss_waits_for_the_rollout_first_and_for_a_person_on_the_last_leg() throws IOException, Refusal {
        carryOut(order());
        write(
                Places.MIGRATIONS + "/V2__less.sql",
                "-- Breaking: deploy 1.5 first\nalter table orders drop column total;");

        var held = leg(Order.Contract.Hold, Map.of());
        assertThat(held.get("outcome").asText()).isEqualTo("Done");
        assertThat(held.at("/held/0/reason").asText()).isEqualTo("contract");
        assertThat(held.at("/held/0/breaking").asText()).isEqualTo("deploy 1.5 first");
        var hash = held.get("plan").asText();

        assertThat(leg(Order.Contract.Go, Map.of()).get("outcome").asText()).isEqualTo("Approval");
        assertThat(leg(Order.Contract.Go, Map.of("approvedPlan", hash))
                        .get("revision")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void an_older_target_is_ahead_until_the_way_down_is_allowed() throws IOException, Refusal {
        atRevisionTwo();

        var ahead = leg(Order.Contract.Go, Map.of("target", "1"));

        assertThat(ahead.get("outcome").asText()).isEqualTo("Ahead");
        assertThat(ahead.get("held")).isEmpty();
        assertThat(ahead.get("revision").asText()).isEqualTo("2");
    }

    @Test
    void the_way_down_tells_what_it_would_take_back_closes_the_gate_and_goes_when_a_person_agrees()
            throws IOException, Refusal {
        atRevisionTwo();
        var told = leg(Order.Contract.Hold, down("1", Optional.empty()));
        assertThat(told.get("outcome").asText()).isEqualTo("Ahead");
        assertThat(told.at("/held/0/revision").asText()).isEqualTo("2");
        assertThat(told.at("/held/0/direction").asText()).isEqualTo("down");
        assertThat(told.get("target").asText()).isEqualTo("1");
        assertThat(await("2")).isZero();
        var yes = Optional.of(told.get("plan").asText());

        var closed = leg(Order.Contract.CloseGate, down("1", yes));
        assertThat(closed.get("outcome").asText()).isEqualTo("Ahead");
        assertThat(closed.get("revision").asText()).isEqualTo("2");
        assertThat(closed.hasNonNull("floor")).as("older code is not kept out").isFalse();
        assertThat(await("2")).isEqualTo(BEHIND);
        assertThat(await("1")).isZero();

        assertThat(leg(Order.Contract.Go, down("1", Optional.empty()))
                        .get("outcome")
                        .asText())
                .isEqualTo("Approval");
        var gone = leg(Order.Contract.Go, down("1", yes));
        assertThat(gone.get("outcome").asText()).isEqualTo("Done");
        assertThat(gone.get("revision").asText()).isEqualTo("1");
        assertThat(gone.at("/applied/0/direction").asText()).isEqualTo("down");
    }

    @Test
    void a_way_down_that_is_given_up_opens_the_gate_again() throws IOException, Refusal {
        atRevisionTwo();
        leg(Order.Contract.CloseGate, down("1", Optional.empty()));
        assertThat(await("2")).isEqualTo(BEHIND);

        assertThat(leg(Order.Contract.Hold, Map.of()).get("outcome").asText()).isEqualTo("Done");

        assertThat(await("2")).isZero();
    }

    private String calls() throws SQLException {
        return new Bed.Postgresql(PostgresServer.start(18), database).ask("select count(*) from called");
    }

    @Test
    void what_is_called_back_each_time_opens_no_gate_on_the_way_down() throws IOException, Refusal, SQLException {
        write(
                Places.MIGRATIONS + "/afterMigrate.sql",
                "create table if not exists called (id serial); insert into called default values;");
        atRevisionTwo();
        var yes = Optional.of(leg(Order.Contract.CloseGate, down("1", Optional.empty()))
                .get("plan")
                .asText());
        var before = calls();

        assertThat(leg(Order.Contract.Go, down("1", Optional.empty()))
                        .get("outcome")
                        .asText())
                .isEqualTo("Approval");
        assertThat(await("2")).isEqualTo(BEHIND);
        assertThat(leg(Order.Contract.Go, down("1", yes)).get("revision").asText())
                .isEqualTo("1");

        assertThat(calls()).isEqualTo(before);
        assertThat(await("1")).isZero();
    }

    private void closedForATightening() throws IOException, Refusal {
        atRevisionTwo();
        write(Places.MIGRATIONS + "/V3__tight.sql", "alter table orders alter column total set not null;");
        leg(Order.Contract.Hold, Map.of());
        assertThat(leg(Order.Contract.CloseGate, Map.of()).get("floor").asText())
                .isEqualTo("3");
        assertThat(await("2")).isEqualTo(PAST);
    }

    @Test
    void a_gate_that_was_closed_for_what_has_not_run_opens_for_the_release_before() throws IOException, Refusal {
        closedForATightening();

        assertThat(leg(Order.Contract.Hold, Map.of()).get("floor").asText()).isEqualTo("3");
        var back = leg(Order.Contract.Hold, Map.of("target", "2"));

        assertThat(back.get("outcome").asText()).isEqualTo("Done");
        assertThat(back.get("floor").isNull()).isTrue();
        assertThat(await("2")).isZero();
    }

    @Test
    void a_contract_step_that_has_not_run_is_in_nobodys_way() throws IOException, Refusal {
        closedForATightening();

        var ahead = leg(Order.Contract.Hold, Map.of("target", "1"));

        assertThat(ahead.get("outcome").asText()).isEqualTo("Ahead");
        assertThat(await("1")).isZero();
        closedForATightening();
        assertThat(leg(Order.Contract.Hold, down("1", Optional.empty()))
                        .get("outcome")
                        .asText())
                .isEqualTo("Ahead");
        assertThat(await("1")).isZero();
    }

    @Test
    void below_a_closed_gate_only_the_way_down_leads() throws IOException, Refusal {
        atRevisionTwo();
        write(Places.MIGRATIONS + "/V3__tight.sql", "alter table orders alter column total set not null;");
        write(Places.MIGRATIONS + "/U3__tight.sql", "alter table orders alter column total drop not null;");
        assertThat(leg(Order.Contract.Go, Map.of()).get("floor").asText()).isEqualTo("3");
        assertThat(leg(Order.Contract.Hold, Map.of("target", "1"))
                        .at("/failure/code")
                        .asText())
                .isEqualTo("PastContract");

        var hash = leg(Order.Contract.Hold, down("1", Optional.empty()))
                .get("plan")
                .asText();
        assertThat(leg(Order.Contract.Go, down("1", Optional.of(hash)))
                        .get("revision")
                        .asText())
                .isEqualTo("1");
        assertThat(await("1")).isZero();
    }

    @Test
    void all_of_it_can_be_taken_back() throws IOException, Refusal {
        atRevisionTwo();
        write(Places.MIGRATIONS + "/U1__init.sql", "drop table orders;");
        var hash = leg(Order.Contract.Hold, down("base", Optional.empty()))
                .get("plan")
                .asText();

        var gone = leg(Order.Contract.Go, down("base", Optional.of(hash)));

        assertThat(gone.get("outcome").asText()).isEqualTo("Done");
        assertThat(gone.get("revision").isNull()).isTrue();
    }
}
