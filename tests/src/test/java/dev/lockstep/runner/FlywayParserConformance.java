package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.handover.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What Flyway's parser of PostgreSQL takes, and what PostgreSQL does in and outside of transactions.
abstract class FlywayParserConformance extends FlywayConformance {
    private static final String T = "create table t (x text, j jsonb);\n";

    private void bothHave(String sql, String... values) throws SQLException {
        assertThat(database().column(sql)).containsExactly(values);
        assertThat(twins.other().column(sql)).containsExactly(values);
    }

    @Test
    void copied_rows_may_stand_in_a_script() throws SQLException {
        twins.script("V1__t.sql", T)
                .script(
                        "V2__copy.sql",
                        "copy t (x, j) from stdin;\na;b\t{\"k\": 1}\n\\N\t\\N\n${x}\t[]\n\\.\ninsert into t values ('c');\n")
                .script("V2__copy.sql.conf", "placeholderReplacement=false")
                .script("V3__csv.sql", "COPY t (x) FROM STDIN WITH (FORMAT csv);\r\n\"d;\"\r\n\\.\r\n");

        twins.migrate().flywayFindsNothingToDo();

        bothHave("select coalesce(x, 'null') from t", "a;b", "null", "${x}", "c", "d;");
    }

    @Test
    void bodies_and_quotes_nest_as_they_do_for_flyway() throws SQLException {
        twins.script("V1__t.sql", T).script("V2__bodies.sql", """
                /* outer; /* inner; */ still outer; */
                create function one() returns int language sql begin atomic
                  select case when true then 1 else 2 end;
                end;
                create function two() returns text language plpgsql as $body$
                begin
                  execute $$select 'x;y'$$;
                  return E'it\\'s; ' || U&'\\0061';
                end;
                $body$;
                do $do$ begin perform $a$;$a$ || $b$ ; $b$; end $do$;
                insert into t (j) values ('{"a": 1}');
                update t set x = 'has' where j ? 'a' and j ?| array['a'] and not j ?& array['b'];
                create procedure three() language sql as 'select 1; select 2';
                call three();
                """);

        twins.migrate().flywayFindsNothingToDo();

        bothHave("select one() || two() || x from t", "1it's; ahas");
    }

    @Test
    void an_index_is_built_concurrently_without_a_word_about_locks() throws SQLException {
        twins.script("V1__t.sql", T)
                .script("V2__index.sql", "create index concurrently by_x on t (x);")
                .script("V3__vacuum.sql", "vacuum t;")
                .script("V4__enum.sql", "create type e as enum ('a');")
                .script("V5__enum.sql", "alter type e add value 'b';")
                .script("R__index.sql", "create index concurrently if not exists by_j on t (j);");

        twins.migrate().flywayFindsNothingToDo();
    }

    @Test
    void statements_of_both_kinds_fail_before_any_of_them_runs() throws SQLException {
        terminal.script("V1__t.sql", T)
                .script("V2__both.sql", "insert into t values ('a');\ncreate index concurrently by_x on t (x);");

        fails(terminal.upgrade(), Code.ScriptInvalid, "V2__both.sql:1: cannot be parsed: ");
        flywayFails();

        bothHave("select count(*) from t", "0");
        bothHave("select version from flyway_schema_history", "1");
        twins.alike();
    }

    @Test
    void a_callback_of_both_kinds_is_named() {
        terminal.script("V1__a.sql", "select 1;");
        for (var name : new String[] {"beforeMigrate__x.sql", "beforeEachMigrate__y.sql"}) {
            terminal.script(name, "select 1;\nvacuum;\n");
            fails(terminal.upgrade(), Code.ScriptInvalid, name + ":1: this callback or another cannot be parsed: ");
            terminal.without(name);
        }
    }

    @Test
    void a_procedure_that_commits_needs_a_conf_file() throws SQLException {
        twins.script(
                        "V1__t.sql",
                        T + "create procedure p() language plpgsql as $$begin insert into t values ('a');"
                                + " commit; insert into t values ('b'); end$$;")
                .script("V2__call.sql", "call p();");
        fails(twins.upgrade(), Code.StatementFailed, "V2__call.sql:1: ");
        flywayFails();

        twins.script("V2__call.sql.conf", "executeInTransaction=false");

        twins.migrate().flywayFindsNothingToDo();
        bothHave("select x from t order by x", "a", "b");
    }

    @Test
    void a_script_that_begins_and_commits_really_does() throws SQLException {
        var begun = "begin;\ninsert into t values ('a');\ncommit;\n";
        twins.script("V1__t.sql", T).script("V2__begin.sql", begun + "insert into t values ('b');\nboom;\n");
        fails(twins.upgrade(), Code.StatementFailed, "V2__begin.sql:5: ");
        flywayFails();
        bothHave("select x from t", "a");
        twins.alike();
        assertThat(terminal.await("2", "1ms").exit()).isEqualTo(Code.Behind.exit());

        twins.script("V2__begin.sql", begun).migrate().flywayFindsNothingToDo();

        bothHave("select x from t", "a", "a");
    }

    @Test
    void a_new_enum_value_cannot_be_used_in_the_script_that_adds_it() {
        terminal.script("V1__t.sql", "create type e as enum ('a'); create table t (e e);")
                .script("V2__use.sql", "alter type e add value 'b';\ninsert into t values ('b');");

        fails(terminal.upgrade(), Code.StatementFailed, "V2__use.sql:2: ");
        flywayFails();
    }

    @Test
    void search_path_and_role_are_as_before_for_the_next_script() throws SQLException {
        var keeper = "keeper_" + ((Bed.Postgresql) database()).database().name();
        keeper(database(), keeper);
        keeper(twins.other(), keeper);
        twins.script(
                        "V1__t.sql",
                        T + "create schema other; set search_path = other; create table here (x text); set role "
                                + keeper)
                .script("V2__set.sql", "create table mine (x text); set search_path = other; set role " + keeper)
                .script("V3__t.sql", "create table also (x text)");

        twins.migrate().flywayFindsNothingToDo();

        bothHave("select tableowner = current_user from pg_tables where tablename in ('mine', 'also')", "t", "t");
        bothHave(
                "select schemaname from pg_tables where tablename in ('here', 'also') order by tablename",
                "public",
                "other");
    }

    @Test
    void a_row_of_a_script_that_failed_under_flyway_is_respected() throws SQLException {
        terminal.script("V1__t.sql", T)
                .script("V2__half.sql", "insert into t values ('a');\nboom;")
                .script("V2__half.sql.conf", "executeInTransaction=false");
        assertThatThrownBy(() -> twins.flyway(database()).migrate()).hasMessageContaining("boom");
        assertThat(database().ask("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("f");

        fails(twins.upgrade(), Code.Uncertain, "V2__half.sql:1: ");

        assertThat(database().ask("select count(*) from t")).isEqualTo("1");
    }

    @Test
    void a_role_that_a_callback_takes_for_each_script_lasts_through_its_attempts() throws Exception {
        var keeper = "keeper_" + ((Bed.Postgresql) database()).database().name();
        keeper(database(), keeper);
        keeper(twins.other(), keeper);
        twins.script("beforeMigrate.sql", "set statement_timeout = 1;")
                .script("beforeEachMigrate.sql", "set role " + keeper + "; create table if not exists told (x int);")
                .script("V1__t.sql", "create table t (x text); select pg_sleep(0.01);")
                .script("R__v.sql", "create or replace view v as select x from t;")
                .migrate();
        bothHave("select distinct tableowner from pg_tables where tablename in ('t', 'told')", keeper);

        twins.script("V2__more.sql", "insert into t values ('a'); alter table t add column y text;");
        try (var reader = database().connect()) {
            hold(reader, "select * from t");
            var release = CompletableFuture.runAsync(
                    () -> commit(reader), CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
            var result = twins.upgrade();
            release.join();
            succeeds(result);
            assertThat(result.out()).containsPattern("\\d+ attempts");
        }
        twins.migrate().flywayFindsNothingToDo();
        bothHave("select x from t", "a");
    }

    private static void keeper(Bed bed, String name) throws SQLException {
        var postgresql = (Bed.Postgresql) bed;
        var owner = postgresql.database().owner().user();
        try (var connection = postgresql.server().superuser(postgresql.database());
                var statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("select from pg_roles where rolname = '" + name + "'")
                    .next()) {
                statement.execute("create role " + name);
            }
            statement.execute("grant " + name + " to " + owner);
            statement.execute("grant create on schema public to " + name);
        }
    }

    private static void hold(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
