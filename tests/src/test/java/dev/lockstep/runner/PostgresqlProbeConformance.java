package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements that bear no transaction: what a run that died over one has left is found, cleared and ended.
abstract class PostgresqlProbeConformance extends PostgresqlWaitConformance {
    private static final String INVALID = "select count(*) from pg_index where not indisvalid";

    /// A run died over script 2.
    private void diesOver(String script) throws SQLException {
        terminal.script("V2__alone.sql", script);
        database().execute(started("2"));
    }

    private void isFinished() throws SQLException {
        succeeds(terminal.upgrade("--backup=never"));
        assertThat(terminal.show("current").out()).isEqualTo("2 (head)\n");
        assertThat(database().ask("select state from lockstep_schema where version = '2'"))
                .isEqualTo("applied");
    }

    private void leaveInvalid(String index) throws SQLException {
        database().execute("insert into orders values (2, 10)");
        try {
            database().execute("create unique index concurrently " + index + " on orders (total)");
        } catch (SQLException duplicates) {
            database().execute("delete from orders where id = 2");
        }
        assertThat(database().ask(INVALID)).isEqualTo("1");
    }

    @Test
    void a_rebuilt_index_is_rebuilt_again_and_its_half_made_copy_goes() throws SQLException {
        withTable();
        database().execute("create index by_total on orders (total)");
        leaveInvalid("by_total_ccnew");
        diesOver("reindex (verbose) index concurrently by_total;");
        var before = database().ask("select pg_relation_filenode('by_total')");

        isFinished();

        assertThat(database().ask("select pg_relation_filenode('by_total')")).isNotEqualTo(before);
        assertThat(database().ask(INVALID)).isEqualTo("0");
        assertThat(database().column("select indexname from pg_indexes where tablename = 'orders' order by 1"))
                .containsExactly("by_total", "orders_pkey");
    }

    private void partitions() throws SQLException {
        withTable();
        database()
                .execute(
                        "create table parts (id integer) partition by list (id)",
                        "create table one partition of parts for values in (1)",
                        "create table \"Two\" partition of parts for values in (2)");
    }

    @Test
    void a_part_that_is_about_to_leave_leaves() throws SQLException {
        partitions();
        try (var old = database().connect();
                var leaving = database().connect();
                var statement = leaving.createStatement()) {
            hold(old, "select * from parts");
            statement.execute("set statement_timeout = '500ms'");
            assertThat(fails(() -> statement.execute("alter table parts detach partition \"Two\" concurrently")))
                    .isEqualTo("57014");
        }
        assertThat(database().ask("select count(*) from pg_inherits where inhdetachpending"))
                .isEqualTo("1");
        diesOver("alter table parts detach partition \"Two\" concurrently;");

        isFinished();

        assertThat(database().column("select inhrelid::regclass::text from pg_inherits"))
                .containsExactly("one");
    }

    private interface Sql {
        void run() throws SQLException;
    }

    private static String fails(Sql sql) {
        try {
            sql.run();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void a_part_that_had_left_when_the_run_died_is_recorded() throws SQLException {
        partitions();
        database().execute("alter table parts detach partition one");
        diesOver("alter table if exists public.parts detach partition public.one concurrently;");

        isFinished();
    }

    @Test
    void a_part_leaves_outside_a_transaction_and_alone() throws SQLException {
        partitions();
        terminal.script(
                "V2__alone.sql", "select 1;\nalter table parts detach partition one concurrently;\nselect 2;\n");
        fails(terminal.upgrade("--backup=never"), Code.ScriptInvalid, "V2__alone.sql:2: ");
        terminal.script("V2__alone.sql", "alter table parts detach partition one concurrently;");

        isFinished();

        assertThat(database().column("select inhrelid::regclass::text from pg_inherits"))
                .containsExactly("\"Two\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_value_that_was_being_added_is_there_once(boolean added) throws SQLException {
        withTable();
        database().execute("create type mood as enum ('ok')");
        if (added) {
            database().execute("alter type mood add value 'it''s'");
        }
        diesOver("-- Transaction: none\nalter type mood add value 'it''s' before 'ok';");

        isFinished();

        assertThat(database().ask("select count(*) from pg_enum where enumlabel = 'it''s'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vacuum orders;",
                "-- Transaction: none\nanalyze orders;",
                "-- Transaction: none\nalter table orders validate constraint k;"
            })
    void what_may_be_repeated_is_repeated(String script) throws SQLException {
        withTable();
        database().execute("alter table orders add constraint k check (total > 0) not valid");
        diesOver(script);

        isFinished();

        var seen = "select reltuples >= 0 or exists (select from pg_constraint where conname = 'k' and convalidated)"
                + " from pg_class where oid = 'orders'::regclass";
        assertThat(database().ask(seen)).as("its work is there").isEqualTo("t");
    }

    @Test
    void an_index_of_a_table_elsewhere_is_found_there() throws SQLException {
        withTable();
        database().execute("create schema other", "create table other.things (id integer)");
        database().execute("create index by_id on other.things (id)");
        diesOver("create index concurrently by_id on other.things (id);");

        isFinished();
    }

    @Test
    void an_index_whose_build_fails_leaves_nothing_that_refuses_rows() throws SQLException {
        withTable();
        database().execute("insert into orders values (2, 10)");
        terminal.script("V2__alone.sql", "create unique index concurrently by_total on orders (total);");

        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__alone.sql:1: ");

        assertThat(database().ask(INVALID)).isEqualTo("0");
        database().execute("delete from orders where id = 2");
        isFinished();
    }

    @Test
    void an_index_that_was_dropped_when_the_run_died_is_recorded() throws SQLException {
        withTable();
        diesOver("drop index concurrently by_total;");

        isFinished();
    }
}
