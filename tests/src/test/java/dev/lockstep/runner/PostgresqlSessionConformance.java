package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The one session of a run on PostgreSQL: what its server is told of it, and what it is not to lose.
abstract class PostgresqlSessionConformance extends PostgresqlRunConformance {
    final String owner() {
        return ((Bed.Postgresql) database()).database().owner().user();
    }

    final void asSuperuser(String sql) throws SQLException {
        var place = (Bed.Postgresql) database();
        try (var superuser = place.server().superuser(place.database());
                var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void limits_that_a_role_has_for_its_sessions_do_not_end_a_run_and_a_vanished_runner_is_noticed()
            throws SQLException {
        withTable();
        for (var limit : List.of("statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout")) {
            asSuperuser("alter role " + owner() + " set " + limit + " = '7s'");
        }
        terminal.script("V2__seen.sql", """
                create table seen as select name || ' ' || setting as line from pg_settings
                where name ~ '^(statement|idle|transaction|tcp)_.*(timeout|keepalives)';
                """);

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().column("select line from seen"))
                .contains("statement_timeout 0", "idle_in_transaction_session_timeout 0", "idle_session_timeout 0")
                .contains("tcp_keepalives_idle 30", "tcp_keepalives_interval 10", "tcp_keepalives_count 3")
                .contains("tcp_user_timeout 60000")
                .doesNotContain("transaction_timeout 7000");
    }

    /// A sequence remembers across a rollback that the script has been tried.
    private void failsOnceWith(String state, int version) throws SQLException {
        database().execute("create sequence tries_" + version);
        terminal.script("V%d__once.sql".formatted(version), """
                update orders set total = total + 1;
                do $$ begin
                  if nextval('tries_%d') = 1 then raise exception 'not now' using errcode = '%s'; end if;
                end $$;
                """.formatted(version, state));
    }

    @Test
    void what_passes_is_tried_again_from_the_scripts_beginning() throws SQLException {
        withTable();
        failsOnceWith("40001", 2); // serialization failure
        failsOnceWith("40P01", 3); // deadlock
        failsOnceWith("55P03", 4); // lock not available

        var result = terminal.upgrade("--backup=never");

        succeeds(result);
        assertThat(result.all().split("2 attempts", -1)).hasSize(4);
        assertThat(database().ask("select total from orders")).isEqualTo("13");
    }

    /// As one that was the primary and is none any more.
    @Test
    void a_server_that_takes_no_more_writes_ends_the_run_and_the_next_one_goes_on() throws SQLException {
        withTable();
        failsOnceWith("25006", 2); // read only transaction

        fails(terminal.upgrade("--backup=never"), Code.Standby, "V2__once.sql:2: ");
        assertThat(database().ask("select total from orders")).isEqualTo("10");

        succeeds(terminal.upgrade("--backup=never"));
        assertThat(database().ask("select total from orders")).isEqualTo("11");
    }

    @Test
    void what_does_not_pass_is_tried_once() throws SQLException {
        withTable();
        failsOnceWith("22012", 2);

        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__once.sql:2: ");

        assertThat(database().ask("select last_value from tries_2")).isEqualTo("1");
        assertThat(database().ask("select total from orders")).isEqualTo("10");
    }

    /// What the server itself says of each has the row in it.
    @Test
    void no_value_of_a_row_gets_into_a_report_by_a_cast_or_a_sum() throws SQLException {
        withTable();
        database().execute("create table notes (id integer, note text)", "insert into notes values (4711, 'r4711')");
        for (var sql : List.of(
                "alter table notes alter note type integer using note::integer",
                "update notes set note = (note::date)::text",
                "update notes set note = note::json ->> 'a'",
                "update notes set id = id * 2147483647",
                "select 1 / (id - 4711) from notes",
                "alter table notes add constraint one check (id < 0)",
                "alter table notes add exclude using btree (id with =); insert into notes select * from notes",
                "do $$ begin raise exception 'the row is %', (select note from notes); end $$",
                "do $$ begin execute 'select ' || note from notes; end $$",
                "do $$ declare found text; begin select note into found from notes; execute found; end $$")) {
            terminal.script("V2__bad.sql", sql + ";");

            var result = terminal.upgrade("--backup=never", "--output=json");

            assertThat(result.exit()).as(sql).isEqualTo(1);
            assertThat(result.out()).as(sql).contains("StatementFailed").doesNotContain("4711");
        }
    }

    @Test
    void a_script_does_not_let_go_of_the_lock_under_which_it_runs() {
        withTable();
        for (var sql : List.of("select 1;\nselect pg_advisory_unlock_all();", "select 1;\ndiscard all;")) {
            terminal.script("V2__careless.sql", sql);

            var result = terminal.upgrade("--backup=never");

            fails(result, Code.ScriptInvalid, "V2__careless.sql:2: lets go of every lock of the session");
            assertThat(terminal.show("current").out()).isEqualTo("1\n");
        }
    }

    @Test
    void a_superuser_is_told_that_less_is_enough() throws SQLException {
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");
        assertThat(terminal.upgrade("--backup=never").err()).doesNotContain("superuser");
        terminal.script("V3__more.sql", "insert into orders values (3, 30);");
        asSuperuser("alter role " + owner() + " superuser");
        try {
            assertThat(terminal.upgrade("--backup=never").err()).containsOnlyOnce("this role is a superuser");
        } finally {
            asSuperuser("alter role " + owner() + " nosuperuser");
        }
    }
}
