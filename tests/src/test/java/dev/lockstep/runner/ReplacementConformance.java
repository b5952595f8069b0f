package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// A column gives way to others, on every database: two releases write while the scripts run one by one.
abstract class ReplacementConformance extends RecipeWorkplace {
    @Test
    void the_recipe_rename_lets_both_releases_write_a_required_column_in_every_phase() throws SQLException {
        orders("integer not null", "1, 10", "2, 20");
        rename("integer", "--required");

        next();
        assertThat(database().column(BOTH)).containsExactly("10 null", "20 null");
        database()
                .execute(
                        "insert into orders (id, qty) values (3, 30)",
                        "insert into orders (id, quantity) values (4, 40)",
                        "update orders set qty = 31 where id = 3",
                        "update orders set quantity = 41 where id = 4",
                        "update orders set other = 1");
        assertThat(database().column(BOTH)).containsExactly("10 null", "20 null", "31 31", "41 41");

        next();
        assertThat(database().column(BOTH)).containsExactly("10 10", "20 20", "31 31", "41 41");
        database()
                .execute(
                        "update orders set qty = 11 where id = 1",
                        "update orders set quantity = 21 where id = 2",
                        "insert into orders (id, qty) values (5, 50)",
                        "insert into orders (id, quantity) values (6, 60)");
        assertThat(database().column(BOTH)).containsExactly("11 11", "21 21", "31 31", "41 41", "50 50", "60 60");

        next();
        assertThat(database().column("select quantity from orders order by id"))
                .containsExactly("11", "21", "31", "41", "50", "60");
        refused("select qty from orders");
    }

    @Test
    void the_recipe_rename_refuses_no_value_where_the_old_column_would() throws SQLException {
        orders("integer not null", "1, 10", "2, 20");
        rename("integer", "--required");
        next();
        next();

        refused("insert into orders (id) values (3)");
        refused("update orders set qty = null");
        refused("update orders set quantity = null");
        refused("insert into orders (id, qty) values (3, null)");

        assertThat(database().column(BOTH)).containsExactly("10 10", "20 20");
    }

    @Test
    void the_way_back_from_the_recipe_rename_is_lived_through_by_both_releases_too() throws SQLException {
        orders("integer not null", "1, 10");
        var before = schema();
        rename("integer", "--required");
        succeeds(terminal.upgrade("--yes", "--backup=never"));
        database().execute("insert into orders (id, quantity) values (2, 20)");

        succeeds(terminal.downgrade("-1", "--backup=never"));
        assertThat(database().column(BOTH)).containsExactly("10 10", "20 20");
        refused("insert into orders (id) values (3)");
        database()
                .execute("insert into orders (id, quantity) values (3, 30)", "update orders set qty = 11 where id = 1");
        assertThat(database().column(BOTH)).containsExactly("11 11", "20 20", "30 30");
        succeeds(terminal.downgrade("1", "--backup=never"));

        assertThat(database().column("select qty from orders order by id")).containsExactly("11", "20", "30");
        assertThat(schema()).isEqualTo(before);
    }

    @Test
    void the_new_column_of_a_recipe_wins_where_both_are_written_at_once() throws SQLException {
        orders("integer", "1, 10", "2, 20");
        rename("integer");
        next();
        next();

        database()
                .execute(
                        "update orders set qty = 11, quantity = 12 where id = 1",
                        "update orders set quantity = 21, qty = 22 where id = 2",
                        "insert into orders (id, qty, quantity) values (3, 31, 32)");

        assertThat(database().column(BOTH)).containsExactly("12 12", "21 21", "32 32");
    }

    @Test
    void the_recipe_rename_carries_null_and_the_old_default_over() throws SQLException {
        orders("integer default 7", "1, null");
        rename("integer");

        next();
        database()
                .execute(
                        "insert into orders (id, quantity) values (2, 20)",
                        "insert into orders (id) values (3)",
                        "insert into orders (id, quantity) values (4, 40), (5, 50)",
                        "update orders set quantity = null where id = 4",
                        "update orders set qty = null where id = 5");
        next();
        assertThat(database().column(BOTH)).containsExactly("null null", "20 20", "7 7", "null null", "null null");

        next();
        assertThat(database().column("select quantity from orders order by id"))
                .containsExactly("null", "20", "7", "null", "null");
        succeeds(terminal.downgrade("1", "--backup=never"));
        assertThat(database().column("select qty from orders order by id"))
                .containsExactly("null", "20", "7", "null", "null");
    }

    @Test
    void the_recipe_retype_leaves_the_old_value_as_it_is_where_only_the_new_one_is_filled_in() throws SQLException {
        orders("text not null", "1, '007'", "2, '8'");
        var before = schema();
        retype("--using=cast(qty as bigint)", "--back=cast(quantity as text)", "--was=text", "--required");

        next();
        next();
        assertThat(database().column(BOTH)).containsExactly("007 7", "8 8");
        database()
                .execute(
                        "update orders set quantity = 9 where id = 2",
                        "update orders set qty = '0011' where id = 1",
                        "insert into orders (id, qty) values (3, '003')",
                        "insert into orders (id, quantity) values (4, 9999999999)",
                        "update orders set quantity = 3 where id = 3");
        assertThat(database().column(BOTH)).containsExactly("0011 11", "9 9", "003 3", "9999999999 9999999999");

        next();
        assertThat(database().column("select quantity + 1 from orders order by id"))
                .containsExactly("12", "10", "4", "10000000000");
        succeeds(terminal.downgrade("1", "--backup=never"));
        assertThat(database().column("select qty from orders order by id"))
                .containsExactly("11", "9", "3", "9999999999");
        assertThat(schema()).isEqualTo(before);
    }

    @Test
    void the_recipe_retype_needs_no_conversion_where_the_database_has_its_own() throws SQLException {
        orders("integer", "1, 10", "2, null");
        retype("--was=integer");

        next();
        next();
        database()
                .execute("update orders set quantity = 2 where id = 2", "insert into orders (id, qty) values (3, 30)");
        assertThat(database().column(BOTH)).containsExactly("10 10", "2 2", "30 30");
    }

    private void split() {
        var at = database() instanceof Bed.Sqlite ? "instr(name, ' ')" : "strpos(name, ' ')";
        write(
                "--recipe=split",
                "--table=people",
                "--column=name",
                "--to=first_name=substr(name, 1, " + at + " - 1)",
                "--to=last_name=trim(substr(name, " + at + " + 1))",
                "--type=text",
                "--back=first_name || ' ' || last_name",
                "--was=text",
                "--required");
    }

    @Test
    void the_recipe_split_keeps_what_the_new_columns_say_though_the_old_one_would_say_otherwise() throws SQLException {
        terminal.script("V1__init.sql", "create table people (id integer primary key, name text not null);");
        succeeds(terminal.upgrade());
        database().execute("insert into people values (1, 'Anna  Smith'), (2, 'Bob Jones')");
        split();

        next();
        database().execute("insert into people (id, first_name, last_name) values (3, 'Dora Maria', 'New')");
        next();
        database()
                .execute(
                        "insert into people (id, name) values (4, 'Carl Old')",
                        "update people set last_name = 'van Jones' where id = 2",
                        "update people set first_name = 'Carla Eva' where id = 4");
        var all = "select name || '/' || first_name || '/' || last_name from people order by id";
        assertThat(database().column(all))
                .containsExactly(
                        "Anna  Smith/Anna/Smith",
                        "Bob van Jones/Bob/van Jones",
                        "Dora Maria New/Dora Maria/New",
                        "Carla Eva Old/Carla Eva/Old");
        database().execute("update people set name = 'Dora Old' where id = 3");
        assertThat(database().column(all)).contains("Dora Old/Dora/Old");
    }

    @Test
    void the_recipe_split_puts_together_again_on_the_way_back() throws SQLException {
        terminal.script("V1__init.sql", "create table people (id integer primary key, name text not null);");
        succeeds(terminal.upgrade());
        database().execute("insert into people values (1, 'Anna  Smith'), (2, 'Bob Jones')");
        var before = schema();
        split();
        succeeds(terminal.upgrade("--yes", "--backup=never"));
        database().execute("update people set last_name = 'van Jones' where id = 2");

        succeeds(terminal.downgrade("1", "--backup=never"));

        assertThat(database().column("select name from people order by id"))
                .containsExactly("Anna Smith", "Bob van Jones");
        assertThat(schema()).isEqualTo(before);
    }
}
