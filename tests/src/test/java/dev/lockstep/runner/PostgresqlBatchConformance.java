package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a batch walks a table of PostgreSQL: by what key, without one, and in what steps.
abstract class PostgresqlBatchConformance extends PostgresqlDriftConformance {
    static final String DONE = "select count(*) from orders where total = 2";

    final void manyRows(String columns) throws SQLException {
        terminal.script("V1__init.sql", "create table orders (" + columns + ");");
        succeeds(terminal.upgrade());
        database().execute("insert into orders select i, 1 from generate_series(1, 5000) i", "analyze orders");
    }

    private void plusOne() {
        terminal.script("V2__more.sql", "-- Batch: table=orders\nupdate orders set total = total + 1 where ${batch};");
    }

    @Test
    void a_key_that_is_random_leads_to_every_row_once() throws SQLException {
        terminal.script(
                "V1__init.sql",
                "create table orders (id uuid primary key default gen_random_uuid(), total integer default 1);");
        succeeds(terminal.upgrade());
        database().execute("insert into orders select from generate_series(1, 5000)");
        plusOne();

        succeeds(terminal.upgrade("--backup=never", "--batch-rows=700"));

        assertThat(database().ask(DONE)).isEqualTo("5000");
    }

    @Test
    void a_unique_index_that_takes_no_null_serves_where_there_is_no_primary_key() throws SQLException {
        manyRows("id integer, total integer");
        database().execute("create unique index by_id on orders (id)");
        plusOne();
        fails(terminal.upgrade("--backup=never"), Code.ScriptInvalid, "V2__more.sql:");
        database().execute("alter table orders alter id set not null");

        succeeds(terminal.upgrade("--backup=never", "--batch-rows=700"));

        assertThat(database().ask(DONE)).isEqualTo("5000");
    }

    /// As a table that was analysed while it was empty.
    @Test
    void statistics_that_know_of_no_row_do_not_end_a_walk() throws SQLException {
        terminal.script("V1__init.sql", "create table orders (id integer primary key, total integer);");
        succeeds(terminal.upgrade());
        database().execute("alter table orders set (autovacuum_enabled = off)", "vacuum analyze orders");
        database().execute("insert into orders select i, 1 from generate_series(1, 30000) i");
        plusOne();

        succeeds(terminal.upgrade("--backup=never", "--batch-rows=10000"));

        assertThat(database().ask(DONE)).isEqualTo("30000");
    }

    private List<String> sizes() throws SQLException {
        return database().column("select rows::text from sizes order by at");
    }

    /// Each range leaves its size.
    private void measuredRows(String each) throws SQLException {
        manyRows("id integer primary key, total integer");
        database().execute("insert into orders select i, 1 from generate_series(5001, 20000) i");
        database()
                .execute(
                        "create table sizes (at serial, rows integer)",
                        "create function measure() returns trigger language plpgsql as $$ begin"
                                + " insert into sizes (rows) select count(*) from changed; return null; end $$",
                        "create trigger measure after update on orders referencing new table as changed"
                                + " for each statement execute function measure()",
                        "create function work() returns trigger language plpgsql as $$ begin " + each
                                + " return new; end $$",
                        "create trigger work before update on orders for each row execute function work()");
        plusOne();
    }

    @Test
    void a_quick_batch_takes_larger_steps() throws SQLException {
        measuredRows("");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(sizes().getFirst()).isEqualTo("1000");
        assertThat(sizes())
                .anySatisfy(rows -> assertThat(Integer.parseInt(rows)).isGreaterThan(1000));
        assertThat(database().ask(DONE)).isEqualTo("20000");
    }

    @Test
    void a_slow_batch_takes_smaller_steps() throws SQLException {
        measuredRows("if new.id <= 3000 then perform pg_sleep(0.0005); end if;");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(sizes().getFirst()).isEqualTo("1000");
        assertThat(Integer.parseInt(sizes().get(1))).isLessThan(1000);
        assertThat(database().ask(DONE)).isEqualTo("20000");
    }

    @Test
    void a_table_without_a_key_is_walked_page_by_page_until_nothing_is_left() throws Exception {
        manyRows("id integer, total integer");
        terminal.script("V2__more.sql", """
                -- Batch: table=orders key=ctid rows=300
                update orders set total = 2 where ${batch} and total = 1;
                """);

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask(DONE)).isEqualTo("5000");
        assertThat(database().ask("select count(*) from pg_tables where tablename = 'lockstep_journal'"))
                .isEqualTo("0");
    }

    /// The row is added behind the last page of the first walk.
    @Test
    void a_row_that_comes_behind_a_walk_by_page_is_met_on_the_next_one() throws Exception {
        manyRows("id integer, total integer");
        database()
                .execute(
                        "create function add_one() returns trigger language plpgsql as"
                                + " $$ begin insert into orders values (5001, 1); return new; end $$",
                        "create trigger add_one before update on orders for each row when (old.id = 1000)"
                                + " execute function add_one()");
        terminal.script("V2__more.sql", """
                -- Batch: table=orders key=ctid rows=300
                update orders set total = 2 where ${batch} and total = 1;
                """);

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask(DONE)).isEqualTo("5001");
    }

    @Test
    void a_walk_by_page_that_would_change_rows_twice_is_refused() throws Exception {
        manyRows("id integer, total integer");
        terminal.script(
                "V2__more.sql", "-- Batch: table=orders key=ctid\nupdate orders set total = total + 1 where ${batch};");
        fails(terminal.upgrade("--backup=never"), Code.ScriptInvalid, "V2__more.sql:");
        terminal.script("V2__more.sql", """
                -- Batch: table=orders key=ctid
                update orders set total = total + 1 where ${batch} and total > 0;
                """);
        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__more.sql:");
        terminal.script("V2__more.sql", "-- Batch: table=orders\nupdate orders set total = total + 1 where ${batch};");
        succeeds(terminal.show("repair", "--undone=2"));

        var refused = terminal.upgrade("--backup=never");

        fails(refused, Code.ScriptInvalid, "V2__more.sql:");
        assertThat(refused.err()).contains("has no key to walk it by", "key=ctid");
    }
}
