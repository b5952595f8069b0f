package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The history is changed by an Order, as a person would on the command line.
final class OrderAmendTest extends Jobsite {
    private static final String EDITED = "-- edited\n" + Workplace.INIT;

    private Order amending(String words) throws Refusal {
        return order().amending(words);
    }

    private String code() throws IOException {
        return report().at("/failure/code").asText();
    }

    @Test
    void an_edited_script_is_repaired() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V1__init.sql", EDITED);
        assertThat(carryOut(order())).isEqualTo(7);

        assertThat(carryOut(amending("repair # the comment came later"))).isZero();

        assertThat(report().get("outcome").asText()).isEqualTo("Done");
        assertThat(carryOut(order())).isZero();
    }

    @Test
    void a_revision_is_stamped_and_its_script_does_not_run() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();
        write(Places.MIGRATIONS + "/V2__wrong.sql", "select 1 from nowhere;");

        assertThat(carryOut(amending("stamp 2"))).isZero();

        assertThat(carryOut(order())).isZero();
        assertThat(report().get("revision").asText()).isEqualTo("2");
    }

    @Test
    void a_database_of_others_is_adopted() throws IOException, Refusal, SQLException {
        write(Places.MIGRATIONS + "/V2__more.sql", "create table more (id integer);");
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute(Workplace.INIT);
        }
        assertThat(carryOut(order())).isEqualTo(7);
        assertThat(code()).isEqualTo("NeedsBaseline");

        assertThat(carryOut(amending("baseline 1"))).isZero();

        assertThat(carryOut(order())).isZero();
        assertThat(report().get("revision").asText()).isEqualTo("2");
    }

    @Test
    void a_database_of_others_is_adopted_by_a_run_that_knows_where_it_is() throws IOException, Refusal, SQLException {
        write(Places.MIGRATIONS + "/V2__more.sql", "create table more (id integer);");
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute(Workplace.INIT);
        }
        assertThat(carryOut(with(order(), Map.of("baseline", "nothing")))).isEqualTo(1);
        assertThat(code()).isEqualTo("GraphInvalid");

        assertThat(carryOut(with(order(), Map.of("baseline", "1")))).isZero();

        assertThat(report().get("revision").asText()).isEqualTo("2");
        assertThat(report().at("/counts/applied").asInt()).isEqualTo(1);
        assertThat(carryOut(with(order(), Map.of("baseline", "2")))).isZero();
    }

    @Test
    void a_database_whose_history_is_lost_is_not_taken_for_one_of_others() throws IOException, Refusal, SQLException {
        assertThat(carryOut(order())).isZero();
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("drop table flyway_schema_history");
        }

        assertThat(carryOut(with(order(), Map.of("baseline", "1")))).isEqualTo(7);

        assertThat(code()).isEqualTo("NeedsBaseline");
        assertThat(report().at("/failure/message").asText()).contains("migrated before");
    }

    @Test
    void a_database_without_a_table_is_built_from_its_first_script() throws IOException, Refusal {
        assertThat(carryOut(with(order(), Map.of("baseline", "1")))).isZero();

        assertThat(report().at("/counts/applied").asInt()).isEqualTo(1);
    }

    @Test
    void a_check_tells_what_has_drifted_and_another_order_accepts_it() throws IOException, Refusal, SQLException {
        assertThat(carryOut(order())).isZero();
        assertThat(carryOut(order().checking())).isZero();
        assertThat(report().get("outcome").asText()).isEqualTo("Done");
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("create index by_hand on orders (total)");
        }

        assertThat(carryOut(order().checking())).isEqualTo(7);

        assertThat(code()).isEqualTo("Drifted");
        assertThat(report().at("/failure/message").asText())
                .isEqualTo("1 object differs from what the last run has left: + index public.by_hand");
        assertThat(carryOut(amending("accept"))).isZero();
        assertThat(carryOut(order().checking())).isZero();
    }

    @Test
    void the_history_of_another_resource_is_not_touched() throws IOException, Refusal {
        assertThat(carryOut(order())).isZero();

        assertThat(carryOut(with(amending("stamp base"), Map.of("resource", "shop/another"))))
                .isEqualTo(1);

        assertThat(code()).isEqualTo("TargetConflict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mend",
                "stamp",
                "stamp 1 2",
                "baseline",
                "repair 3",
                "repair done=1 undone=1",
                "restore a",
                "restore a into b/c"
            })
    void what_cannot_be_understood_is_told_with_what_to_write(String words) throws IOException, Refusal {
        assertThat(carryOut(amending(words))).isEqualTo(2);

        assertThat(code()).isEqualTo("Usage");
        assertThat(report().at("/failure/remedy").asText()).contains("stamp TARGET");
    }
}
