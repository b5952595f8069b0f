package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Recipes where PostgreSQL has what SQLite has not: roles, sessions that remember plans, triggers before the row.
abstract class PostgresqlRecipeConformance extends PostgresqlScratchConformance {
    private void table(String text) throws SQLException {
        terminal.script("V1__init.sql", "create table items (id integer primary key, " + text);
        succeeds(terminal.upgrade());
        database().execute("grant all on items to public");
    }

    private void renameQty(String type) {
        succeeds(terminal.show(
                "revision", "--recipe=rename", "--table=items", "--column=qty", "--to=quantity", "--type=" + type));
    }

    @Test
    void a_session_of_the_application_writes_on_through_every_script_of_a_recipe() throws SQLException {
        table("qty integer, other text);");
        renameQty("integer");
        try (var app = ((Bed.Postgresql) database()).database().asApp()) {
            insert(app, 1, "qty");
            next();
            for (int id = 2; id < 9; id++) { // a plan is kept from the sixth time on
                insert(app, id, "qty");
            }
            database().execute("alter table items drop column other", "alter table items add column more bigint");
            insert(app, 9, "qty");
            next();
            insert(app, 10, "qty");
            insert(app, 11, "quantity");
            assertThat(database().ask("select count(*) from items where qty = id and quantity = id"))
                    .isEqualTo("11");
            next();
            insert(app, 12, "quantity");
        }
        assertThat(database().ask("select count(*) from items where quantity = id"))
                .isEqualTo("12");
    }

    private static void insert(Connection app, int id, String column) throws SQLException {
        try (var statement = app.prepareStatement("insert into items (id, " + column + ") values (?, ?)")) {
            statement.setInt(1, id);
            statement.setInt(2, id);
            statement.executeUpdate();
        }
    }

    @Test
    void a_recipe_sees_what_other_triggers_have_made_of_the_row() throws SQLException {
        table("""
                qty integer);
                create function twice() returns trigger language plpgsql as
                $$ begin new.qty := new.qty * 2; return new; end $$;
                create trigger set_qty before insert on items for each row execute function twice();
                """);
        renameQty("integer");
        next();

        database().execute("insert into items (id, qty) values (1, 10)");

        assertThat(database().ask("select qty || ' ' || quantity from items")).isEqualTo("20 20");
    }

    @Test
    void a_recipe_carries_over_a_change_that_is_none_to_the_type() throws SQLException {
        table("qty numeric);");
        renameQty("numeric");
        next();

        database()
                .execute(
                        "insert into items (id, qty) values (1, 1.0), (2, 1.0)",
                        "update items set qty = 1.00 where id = 1",
                        "update items set quantity = 1.00 where id = 2");

        assertThat(database().column("select qty || ' ' || quantity from items order by id"))
                .containsExactly("1.00 1.00", "1.00 1.00");
    }

    @Test
    void the_rule_of_the_recipe_not_null_is_there_before_it_is_looked_at_and_goes_when_it_is_not_needed()
            throws SQLException {
        table("qty integer);");
        database().execute("insert into items (id) values (1)");
        succeeds(terminal.show(
                "revision", "--recipe=not-null", "--table=items", "--column=qty", "--value=id * 10", "--down"));
        var rule = "select convalidated from pg_constraint where contype = 'c' and conrelid <> 0";

        next();
        next();
        assertThat(database().ask(rule)).isEqualTo("no row");
        next();
        assertThat(database().ask(rule)).isEqualTo("f");
        next();
        assertThat(database().ask(rule)).isEqualTo("t");
        database().execute("insert into items (id) values (2)");
        next();
        assertThat(database().ask(rule)).isEqualTo("no row");

        assertThat(database().column("select qty from items order by id")).containsExactly("10", "20");
        succeeds(terminal.downgrade("4", "--backup=never"));
        assertThat(database().ask(rule)).isEqualTo("f");
    }
}
