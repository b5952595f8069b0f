package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A statement that runs range by range, on every database.
abstract class BatchConformance extends GuideConformance {
    private static final int ROWS = 5000;

    private void manyOrders() throws SQLException {
        terminal.script(
                "V1__init.sql",
                "create table orders (id integer primary key, total integer not null check (total < 10000));");
        succeeds(terminal.upgrade());
        database().execute("""
                insert into orders (id, total)
                with recursive n (i) as (select 1 union all select i + 1 from n where i < %d) select i, 1 from n
                """.formatted(ROWS));
    }

    private void plusOne(String header) {
        terminal.script(
                "V2__more.sql",
                "-- Batch: table=orders " + header + "\nupdate orders set total = total + 1 where ${batch};");
    }

    private long count(String where) throws SQLException {
        return Long.parseLong(database().ask("select count(*) from orders where " + where));
    }

    private boolean noted() throws SQLException {
        var tables = database().vendor().equals("sqlite")
                ? "select count(*) from sqlite_schema where name = 'lockstep_journal'"
                : "select count(*) from pg_tables where tablename = 'lockstep_journal'";
        return !database().ask(tables).equals("0");
    }

    @Test
    void each_row_is_written_once_and_nothing_of_ours_stays() throws SQLException {
        manyOrders();
        plusOne("rows=700");
        assertThat(terminal.show("plan").out()).contains("migrate");

        succeeds(terminal.upgrade());

        assertThat(count("total = 2")).isEqualTo(ROWS);
        assertThat(noted()).isFalse();
        assertFlywayAgrees();
        assertThat(terminal.show("current").out()).isEqualTo("2 (head)\n");
    }

    @Test
    void the_rows_that_it_covered_are_told_to_people_and_programs() throws SQLException {
        manyOrders();
        plusOne("rows=700");
        terminal.script("V3__note.sql", "alter table orders add column note text;");

        var result = terminal.upgrade("--output=json");

        succeeds(result);
        assertThat(result.err()).containsPattern("done in \\d+ ms \\(migrate, " + ROWS + " rows\\)");
        assertThat(result.out())
                .contains("\"revision\":\"2\"")
                .contains("\"rows\":" + ROWS + ",")
                .contains("\"rows\":null,");
    }

    @Test
    void the_run_bounds_a_batch_whose_header_does_not() throws SQLException {
        manyOrders();
        database().execute("update orders set total = 9999 where id = 450");
        plusOne("");

        fails(terminal.upgrade("--batch-rows=100"), Code.StatementFailed, "V2__more.sql:2: ");

        assertThat(count("total = 2")).isEqualTo(400);
        fails(terminal.upgrade("--batch-rows=few"), Code.Usage, "--batch-rows: is no number of rows: few");
        fails(terminal.upgrade("--batch-pause=long"), Code.Usage, "--batch-pause: is not a duration up to 500h: long");
    }

    @Test
    void what_the_header_of_a_batch_says_counts_more_than_the_run() throws SQLException {
        manyOrders();
        database().execute("update orders set total = 9999 where id = 1500");
        plusOne("rows=700 pause=1ms");
        long begun = System.nanoTime();

        fails(terminal.upgrade("--batch-rows=100", "--batch-pause=10s"), Code.StatementFailed, "V2__more.sql:2: ");

        assertThat(count("total = 2")).isEqualTo(1400);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_key_of_several_columns_and_of_odd_texts() throws SQLException {
        terminal.script("V1__init.sql", "create table orders (a text, b integer, total integer, primary key (a, b));");
        succeeds(terminal.upgrade());
        for (var name :
                new String[] {"it''s", "back\\slash", "comma, '' quote", "ünï€", "", "); drop table orders; --"}) {
            for (int i = 0; i < 7; i++) {
                database().execute("insert into orders values ('" + name + "', " + i + ", 1)");
            }
        }
        terminal.script(
                "V2__more.sql",
                "-- Batch: table=orders alias=o rows=4\nupdate orders as o set total = total + 1 where ${batch};");

        succeeds(terminal.upgrade());

        assertThat(count("total = 2")).isEqualTo(42);
    }

    @Test
    void rows_without_a_value_in_the_key_are_not_left_out_in_silence() throws SQLException {
        terminal.script("V1__init.sql", "create table orders (code text unique, total integer);");
        succeeds(terminal.upgrade());
        database().execute("insert into orders values ('a', 1), (null, 1)");
        terminal.script("V2__more.sql", "-- Batch: table=orders key=code\nupdate orders set total = 2 where ${batch};");

        fails(
                terminal.upgrade("--backup=never"),
                Code.ScriptInvalid,
                "V2__more.sql:2: orders has rows without a value");

        assertThat(count("total = 2")).isZero();
        database().execute("update orders set code = 'b' where code is null");
        succeeds(terminal.upgrade("--backup=never"));
        assertThat(count("total = 2")).isEqualTo(2);
    }

    @Test
    void a_key_that_is_no_column_is_told_at_its_script() throws SQLException {
        manyOrders();
        plusOne("key=code");

        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__more.sql:2: ");
    }

    @Test
    void one_that_failed_goes_on_where_it_was() throws SQLException {
        manyOrders();
        database().execute("update orders set total = 9999 where id = 1500");
        plusOne("rows=700");

        fails(terminal.upgrade(), Code.StatementFailed, "V2__more.sql:2: ");
        assertThat(count("total = 2")).isEqualTo(1400);
        assertThat(terminal.show("current").out()).isEqualTo("1\n2 (unfinished)\n");
        database().execute("update orders set total = 1 where id = 1500");
        succeeds(terminal.upgrade());

        assertThat(count("total = 2")).isEqualTo(ROWS);
        assertThat(noted()).isFalse();
    }

    @Test
    void one_that_was_edited_half_way_waits_for_a_word() throws SQLException {
        manyOrders();
        database().execute("update orders set total = 9999 where id = 1500");
        plusOne("rows=700");
        fails(terminal.upgrade(), Code.StatementFailed, "V2__more.sql:2: ");
        terminal.script(
                "V2__more.sql",
                "-- Batch: table=orders rows=700\nupdate orders set total = 7 where ${batch} and total <> 9999;");

        fails(terminal.upgrade(), Code.Uncertain, "V2__more.sql:1: was edited after 1400 rows");
        fails(terminal.downgrade("base"), Code.MissingDown, "V1__init.sql:1: ");
        terminal.script("U1__init.sql", "drop table orders;");
        fails(terminal.downgrade("base"), Code.Uncertain, "U1__init.sql:1: ");
        succeeds(terminal.show("repair", "--undone=2"));
        succeeds(terminal.upgrade());

        assertThat(count("total = 7")).isEqualTo(ROWS - 1);
        assertThat(noted()).isFalse();
    }

    @Test
    void a_note_that_somebody_else_wrote_is_not_believed() throws SQLException {
        manyOrders();
        database().execute("update orders set total = 9999 where id = 1500");
        plusOne("rows=700");
        fails(terminal.upgrade(), Code.StatementFailed, "V2__more.sql:2: ");
        database().execute("update lockstep_journal set place = '1) or (id) > (0'");

        fails(terminal.upgrade(), Code.Uncertain, "");

        assertThat(count("total = 2")).isEqualTo(1400);
    }

    @Test
    void the_way_down_may_be_a_batch_too() throws SQLException {
        manyOrders();
        plusOne("");
        terminal.script(
                "U2__more.sql", "-- Batch: table=orders key=id\nupdate orders set total = total - 1 where ${batch};");
        succeeds(terminal.upgrade());

        succeeds(terminal.downgrade("-1"));

        assertThat(count("total = 1")).isEqualTo(ROWS);
        assertThat(terminal.show("current").out()).isEqualTo("1\n");
        assertThat(noted()).isFalse();
    }

    @Tag("lengthy")
    @Test
    void one_that_is_killed_does_no_row_twice() throws Exception {
        manyOrders();
        plusOne("rows=100 pause=50ms");
        var run = process("upgrade", "--backup=never");
        for (int i = 0; i < 600 && count("total = 2") < 500; i++) {
            Thread.sleep(20);
        }
        run.destroyForcibly().waitFor();
        assertThat(count("total = 2")).isBetween(500L, ROWS - 1L);

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(count("total = 2")).isEqualTo(ROWS);
    }
}
