package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Recipes, on every database.
abstract class RecipeConformance extends ReplacementConformance {
    @Test
    void the_recipe_not_null_supplies_the_value_for_code_that_does_not() throws SQLException {
        orders("text", "1, null", "2, 'a'");
        write("--recipe=not-null", "--table=orders", "--column=qty", "--value=''");
        int filled = database() instanceof Bed.Sqlite ? 1 : 3;

        next();
        database().execute("insert into orders (id) values (3)", "update orders set qty = null where id = 2");
        assertThat(database().column("select qty from orders order by id")).containsExactly("null", "", "");
        for (int i = 0; i < filled; i++) {
            next();
            database().execute("update orders set qty = null where id = 2");
            assertThat(database().column("select qty from orders order by id")).containsExactly("", "", "");
        }

        next();
        refused("insert into orders (id) values (4)");
        database().execute("insert into orders (id, qty) values (4, 'b')");
        assertThat(terminal.show("current", "--head").exit()).isZero();
        succeeds(terminal.downgrade("1", "--backup=never"));
        database().execute("insert into orders (id) values (5)");
        assertThat(schema()).noneMatch(line -> line.contains("lockstep"));
    }

    @Test
    void a_recipe_of_a_type_that_knows_no_equality_is_kept_in_step() throws SQLException {
        orders("json", "1, '[1]'");
        rename("json");
        next();
        database()
                .execute(
                        "insert into orders (id, quantity) values (2, '[2]')",
                        "update orders set qty = '[3]' where id = 2");
        next();
        assertThat(database().column(BOTH)).containsExactly("[1] [1]", "[3] [3]");
    }

    @Test
    void a_recipe_names_what_needs_quotes_and_a_schema() throws SQLException {
        var schema = database() instanceof Bed.Sqlite ? "main" : "public";
        terminal.script("V1__init.sql", "create table \"Order.Lines\" (id integer primary key, \"group\" integer);");
        succeeds(terminal.upgrade());
        database().execute("insert into \"Order.Lines\" values (1, 10)");
        write(
                "--recipe=rename",
                "--table=" + schema + ".\"Order.Lines\"",
                "--column=group",
                "--to=\"Line \"\"Group\"\"\"",
                "--type=integer");

        next();
        database().execute("insert into \"Order.Lines\" (id, \"group\") values (2, 20)");
        next();
        database().execute("update \"Order.Lines\" set \"Line \"\"Group\"\"\" = 21 where id = 2");
        assertThat(database().column("select \"group\" from \"Order.Lines\" order by id"))
                .containsExactly("10", "21");
        next();
        assertThat(database().column("select \"Line \"\"Group\"\"\" from \"Order.Lines\" order by id"))
                .containsExactly("10", "21");
        succeeds(terminal.downgrade("1", "--backup=never"));
    }

    @Test
    void the_conversions_of_a_recipe_that_cannot_be_understood_fail_before_a_trigger_stays() throws SQLException {
        orders("integer", "1, 10");
        retype("--using=qti * 2", "--was=integer");

        assertThat(terminal.upgrade("+1").err()).contains("StatementFailed");

        database().execute("insert into orders (id, qty) values (2, 20)");
    }

    @Test
    void the_plan_of_a_recipe_tells_its_phases_and_the_contract_waits_for_the_release() throws SQLException {
        orders("integer", "1, 10");
        rename("integer");

        var plan = terminal.show("plan", "--output=json").out();
        assertThat(Pattern.compile("\"phase\":\"(\\w+)\"")
                        .matcher(plan)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("expand", "migrate", "contract");
        succeeds(terminal.migrate());

        assertThat(database().column(BOTH)).containsExactly("10 10");
        assertThat(terminal.show("current", "--head").exit()).isEqualTo(ShowPlan.PENDING);
        assertThat(terminal.show("show").out())
                .contains("-- Breaking: first deploy the release that uses quantity and no longer qty");
    }

    @Test
    void an_init_container_stops_before_the_contract_of_the_recipe_not_null() throws SQLException {
        orders("integer", "1, null");
        write("--recipe=not-null", "--table=orders", "--column=qty", "--value=0");

        succeeds(terminal.migrate());

        assertThat(terminal.show("current", "--head").exit()).isEqualTo(ShowPlan.PENDING);
        database().execute("insert into orders (id) values (2)");
        assertThat(database().column("select qty from orders")).containsExactly("0", "0");
    }

    @Tag("lengthy")
    @Test
    void a_rehearsal_of_a_recipe_finds_every_script_reversible_wherever_a_column_comes_back() throws SQLException {
        allowDatabases();
        orders("integer not null");
        rename("integer", "--required");

        var renamed = terminal.show("test", "--pg-bin=" + Terminal.tools());
        write("--recipe=not-null", "--table=orders", "--column=other", "--value=0");
        var both = terminal.show("test", "--pg-bin=" + Terminal.tools());

        succeeds(renamed);
        succeeds(both);
        assertThat(both.out().lines().filter(line -> line.endsWith("up, down, up")))
                .hasSize(database() instanceof Bed.Sqlite ? 6 : 8);
    }
}
