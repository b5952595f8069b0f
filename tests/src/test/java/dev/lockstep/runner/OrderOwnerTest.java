package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whose a database is, and whom its gate keeps out, as Orders tell.
final class OrderOwnerTest extends Jobsite {
    @Test
    void a_database_belongs_to_the_resource_that_came_first() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V2__more.sql", "create table more (id integer);");

        assertThat(carryOut(with(
                        order(),
                        Map.of("resource", "shop/another", "contract", Order.Contract.Hold, "takesOver", false))))
                .isEqualTo(1);

        assertThat(report().at("/failure/code").asText()).isEqualTo("TargetConflict");
        assertThat(report().at("/failure/message").asText()).contains("shop/orders");
        assertThat(carryOut(with(
                        order(),
                        Map.of("resource", "shop/another", "contract", Order.Contract.Hold, "takesOver", true))))
                .isZero();
        assertThat(report().get("revision").asText()).isEqualTo("2");
        assertThat(carryOut(order())).as("no longer its own").isEqualTo(1);
    }

    @Test
    void a_database_that_is_built_anew_lets_no_code_in_that_finds_less_than_it_needs() throws IOException, Refusal {
        write(Places.MIGRATIONS + "/V2__less.sql", "alter table orders drop column total;");

        assertThat(carryOut(order())).isZero();

        assertThat(report().get("revision").asText()).isEqualTo("2");
        assertThat(await("1")).isEqualTo(10);
        assertThat(await("2")).isZero();
        assertThat(carryOut(with(order(), Map.of("target", "1")))).isEqualTo(10);
    }

    @Test
    void a_closed_gate_keeps_older_pods_out_before_the_contract_step_runs() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V2__more.sql", "alter table orders add column amount integer;");
        write(Places.MIGRATIONS + "/V3__less.sql", "alter table orders alter column total set not null;");
        assertThat(carryOut(with(
                        order(),
                        Map.of("resource", "shop/orders", "contract", Order.Contract.Hold, "takesOver", false))))
                .isZero();
        assertThat(await("1")).isZero();

        assertThat(carryOut(with(
                        order(),
                        Map.of("resource", "shop/orders", "contract", Order.Contract.CloseGate, "takesOver", false))))
                .isZero();

        assertThat(report().get("floor").asText()).isEqualTo("3");
        assertThat(report().at("/held/0/revision").asText()).isEqualTo("3");
        assertThat(await("2")).isEqualTo(10);
        assertThat(await("3")).isZero();
        assertThat(carryOut(with(
                        order(), Map.of("resource", "shop/orders", "contract", Order.Contract.Go, "takesOver", false))))
                .isZero();
        assertThat(report().get("revision").asText()).isEqualTo("3");
    }
}
