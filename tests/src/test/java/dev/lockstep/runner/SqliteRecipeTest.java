package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What SQLite's triggers, which come after the row, have to get right.
final class SqliteRecipeTest extends Workplace {
    private static final String BOTH = "select qty || ' ' || quantity from orders order by id";

    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    private void renamed(String table, String... more) {
        terminal.script("V1__init.sql", table);
        succeeds(terminal.upgrade());
        succeeds(terminal.show(
                "revision",
                "--recipe=rename",
                "--table=orders",
                "--column=qty",
                "--to=quantity",
                "--type=text",
                more.length == 0 ? "--down" : more[0]));
    }

    @Test
    void a_required_column_that_the_new_release_cannot_leave_out_stops_the_first_script() throws SQLException {
        renamed("create table orders (id integer primary key, qty text not null);");

        fails(terminal.upgrade("+1"), Code.StatementFailed, "V2__expand_orders_qty_becomes_quantity.sql:");

        database().execute("insert into orders (id, qty) values (1, 'a')");
        assertThat(database().column("select name from pragma_table_info('orders')"))
                .containsExactly("id", "qty");
    }

    @Test
    void a_required_column_with_a_default_can_be_left_out() throws SQLException {
        renamed("create table orders (id integer primary key, qty text not null default 'd');");
        succeeds(terminal.upgrade("+1"));

        database().execute("insert into orders (id, quantity) values (1, 'a')", "insert into orders (id) values (2)");

        assertThat(database().column(BOTH)).containsExactly("a a", "d d");
    }

    @Test
    void triggers_that_may_call_themselves_come_to_an_end() throws SQLException {
        renamed("create table orders (id integer primary key, qty text not null);", "--required");
        succeeds(terminal.upgrade("+1"));

        database()
                .execute(
                        "pragma recursive_triggers = on",
                        "insert into orders (id, qty) values (1, 'a')",
                        "insert or replace into orders (id, quantity) values (1, 'b')",
                        "insert into orders (id, qty) values (2, 'c')",
                        "insert into orders (id, qty) values (2, 'd') on conflict (id) do update set qty = excluded.qty",
                        "insert into orders (id, quantity) values (3, 'e')",
                        "update orders set qty = 'f' where id = 3",
                        "update orders set quantity = 'g' where id = 1");

        assertThat(database().column(BOTH)).containsExactly("g g", "d d", "f f");
    }

    @Test
    void a_change_that_the_collation_does_not_see_is_carried_over() throws SQLException {
        renamed("create table orders (id integer primary key, qty text collate nocase);");
        succeeds(terminal.upgrade("+1"));
        database().execute("insert into orders (id, qty) values (1, 'a'), (2, 'b')");

        database().execute("update orders set qty = 'A' where id = 1", "update orders set quantity = 'B' where id = 2");

        assertThat(database().column(BOTH)).containsExactly("A A", "B B");
    }

    @Test
    void a_table_whose_rows_have_no_number_stops_the_first_script() {
        renamed("create table orders (id integer primary key, qty text) without rowid;");

        fails(terminal.upgrade("+1"), Code.StatementFailed, "V2__expand_orders_qty_becomes_quantity.sql:");
    }
}
