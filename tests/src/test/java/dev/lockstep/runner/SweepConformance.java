package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// A batch that filled a column is swept once more before what it was filled from is dropped.
abstract class SweepConformance extends BatchConformance {
    private static final String FILL =
            "-- Batch: table=orders rows=2\nupdate orders set amount = total where ${batch} and amount is null;";

    private void filledAndGoneOn(String batch) throws SQLException {
        atRevisionOne();
        terminal.script("V2__amount.sql", "alter table orders add column amount integer;")
                .script("V3__fill.sql", batch);
        succeeds(terminal.upgrade());
        database().execute("insert into orders (id, total) values (2, 20), (3, 30)");
        database().execute("insert into orders (id, amount) values (4, 40)");
        database().execute("update orders set amount = 11 where id = 1");
        terminal.script("V4__drop.sql", "alter table orders drop column total;");
    }

    private String amounts() throws SQLException {
        return String.join(" ", database().column("select amount from orders where amount is not null order by id"));
    }

    @Test
    void rows_that_the_old_release_wrote_since_are_filled_before_their_source_is_dropped() throws SQLException {
        filledAndGoneOn(FILL);

        var result = terminal.upgrade("--yes");

        succeeds(result);
        assertThat(result.out())
                .contains("running V3__fill.sql once more before V4__drop.sql\n      2 rows had been written since\n");
        assertThat(amounts()).isEqualTo("11 20 30 40");
        assertFlywayAgrees();
        assertThat(terminal.show("current").out()).isEqualTo("4 (head)\n");
    }

    @Test
    void a_row_that_cannot_be_filled_keeps_its_source() throws SQLException {
        filledAndGoneOn(FILL.replace("amount = total", "amount = 10 / (total - 20)"));

        var result = terminal.upgrade("--yes", "--batch-rows=1");

        if (database().vendor().equals("sqlite")) { // to which a number divided by nothing is NULL
            succeeds(result);
        } else {
            fails(result, Code.StatementFailed, "V3__fill.sql:2: ");
            assertThat(database().ask("select total from orders where id = 2")).isEqualTo("20");
        }
    }

    @Test
    void what_might_change_rows_twice_is_not_run_again_and_that_is_told() throws SQLException {
        filledAndGoneOn(
                "-- Batch: table=orders\nupdate orders set amount = coalesce(amount, 0) + total where ${batch};");

        var result = terminal.upgrade("--yes");

        succeeds(result);
        assertThat(result.err()).contains("V3__fill.sql is not run once more before V4__drop.sql: its WHERE");
        assertThat(amounts()).isEqualTo("11 40");
    }

    @Test
    void a_batch_that_the_schema_has_outlived_is_not_run_again_and_that_is_told() throws SQLException {
        filledAndGoneOn(FILL);
        terminal.without("V4__drop.sql").script("V4__name.sql", "alter table orders rename column amount to sum;");
        succeeds(terminal.upgrade("--yes"));
        terminal.script("V5__drop.sql", "alter table orders drop column total;");

        var result = terminal.upgrade("--yes");

        succeeds(result);
        assertThat(result.err()).contains("V3__fill.sql is not run once more before V5__drop.sql: the schema");
    }
}
