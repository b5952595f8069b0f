package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Names, places and baselines mean here what they mean to Flyway.
abstract class FlywayNameConformance extends FlywayPlaceholderConformance {
    private static String table(String name) {
        return "create table " + name + " (id integer);";
    }

    private List<String> rows(String column) throws SQLException {
        return database().column("select " + column + " from flyway_schema_history order by installed_rank");
    }

    @Test
    void names_that_flyway_takes_are_recorded_as_flyway_records_them() throws SQLException {
        twins.script("V1.sql", table("a"))
                .script("V1.1__.sql", table("b"))
                .script("V1_2.3__under_score__twice.SQL", table("c"))
                .script("V002__two words & ünï.sql", table("d"))
                .script("V12345678901234567890123__long.sql", table("e"))
                .script("deep/er/V010__folder.sql", table("f"))
                .script("V20.0__zero.sql", "")
                .script("U1__takes_back.sql", "drop table a;")
                .script("U7__of_nobody.sql", "drop table g;");

        twins.migrate().flywayFindsNothingToDo();

        assertThat(rows("version"))
                .containsExactly("1", "1.1", "1.2.3", "002", "010", "20.0", "12345678901234567890123");
        assertThat(rows("description")).contains("under score  twice", "two words & ünï");
        assertThat(rows("script")).contains("deep/er/V010__folder.sql");
        assertThat(rows("checksum")).contains("0");
    }

    @Test
    void what_flyway_passes_over_in_silence_is_warned_about_or_refused() throws SQLException {
        twins.script("V1__a.sql", table("a")).script("v2__b.sql", table("b")).script("Vendor.sql", table("c"));
        twins.script("seed.sql", table("d")).script("notes.txt", "none").migrate();

        var again = terminal.upgrade();
        assertThat(again.err())
                .contains("warning: v2__b.sql: is not run", "warning: Vendor.sql: ", "warning: seed.sql: ");
        for (var name : new String[] {"V3_a.sql", "V3a__b.sql", "B3_a.sql", "R_view.sql"}) {
            terminal.script(name, "select 1;");
            fails(terminal.upgrade(), Code.ScriptInvalid, name + ":1: the name is not");
            assertThat(twins.flyway(twins.other()).migrate().migrationsExecuted).isZero();
            terminal.without(name);
        }
    }

    @Test
    void a_migration_that_is_no_sql_is_refused_by_name() {
        terminal.script("V1__a.sql", table("a"));
        for (var name : new String[] {"V3__x.java", "sub/V3__x.class", "R__x.kt", "V4__x.sh"}) {
            terminal.script(name, "");
            fails(terminal.upgrade(), Code.ScriptInvalid, name + ":1: a migration ");
            terminal.without(name);
        }
        terminal.script("Helper.java", "").script("build.sh", "");
        succeeds(terminal.upgrade());
    }

    @Test
    void equal_versions_and_descriptions_are_errors() {
        terminal.script("V1__a.sql", "").script("V01.0__b.sql", "");
        fails(terminal.upgrade(), Code.ScriptInvalid, "V1__a.sql:1: version 1 is also V01.0__b.sql");
        flywayFails();
        terminal.without("V01.0__b.sql").script("R__a.sql", "").script("sub/R__a.sql", "");
        fails(terminal.upgrade(), Code.ScriptInvalid, "sub/R__a.sql:1: repeatable 'a' is also R__a.sql");
        flywayFails();
    }

    @Test
    void repeatables_run_by_description_as_plain_text() throws SQLException {
        for (var name : new String[] {"a", "b", "B2", "9", "10"}) {
            twins.script("R__" + name + ".sql", "select 1;");
        }
        assertThat(terminal.show("plan").out().lines())
                .extracting(line -> line.replaceFirst(".*R__(.*)\\.sql.*", "$1"))
                .containsExactly("10", "9", "B2", "a", "b");

        twins.migrate().flywayFindsNothingToDo();

        assertThat(rows("description")).containsExactly("10", "9", "B2", "a", "b");
    }

    @Test
    void stopping_at_a_target_still_runs_all_repeatables() throws SQLException {
        var stopping = twins.told(settings -> settings.target("1"), "1")
                .script("V1__a.sql", table("a"))
                .script("V2__b.sql", table("b"))
                .script("R__c.sql", "create view c as select id from a;");

        stopping.migrate();

        assertThat(rows("description")).containsExactly("a", "c");
    }

    @Test
    void a_version_that_came_late_runs_as_flyway_runs_it_out_of_order() throws SQLException {
        var told = twins.told(settings -> settings.outOfOrder(true));
        told.script("V1__a.sql", table("a")).script("V3__c.sql", table("c")).migrate();
        told.script("V2__b.sql", table("b")).script("V4__d.sql", table("d")).migrate();

        twins.flywayFindsNothingToDo();

        assertThat(rows("version")).containsExactly("1", "3", "2", "4");
    }

    @Test
    void an_empty_history_begins_with_the_newest_baseline() throws SQLException {
        twins.script("V1__a.sql", table("a"))
                .script("V2__b.sql", "this is never run; ${nobody}")
                .script("B1__old.sql", "this is never run")
                .script("B2__base.sql", table("a") + table("b"))
                .script("V3__c.sql", table("c"))
                .script("R__v.sql", "create view v as select id from c;");

        twins.migrate().flywayFindsNothingToDo();

        assertThat(rows("type")).containsExactly("SQL_BASELINE", "SQL", "SQL");
        assertThat(terminal.await("1", "5s").exit()).isZero();
        assertThat(terminal.await("3", "5s").exit()).isZero();
        succeeds(terminal.upgrade());
        twins.script("V4__d.sql", table("d")).migrate().flywayFindsNothingToDo();
    }

    @Test
    void a_baseline_alone_and_its_old_scripts_gone() throws SQLException {
        twins.script("B5__base.sql", table("a")).migrate().flywayFindsNothingToDo();
        assertThat(terminal.show("current").out()).isEqualTo("5 (head)\n");

        twins.script("V6__b.sql", table("b")).migrate().flywayFindsNothingToDo();
    }

    @Test
    void a_database_with_a_history_never_sees_a_baseline() throws SQLException {
        twins.script("V1__a.sql", table("a")).migrate();
        twins.script("B2__base.sql", "this is never run")
                .script("V2__b.sql", table("b"))
                .script("B3__base.sql", "this is never run");

        twins.migrate().flywayFindsNothingToDo();

        assertThat(rows("version")).containsExactly("1", "2");
        succeeds(terminal.upgrade());
    }

    @Test
    void what_flyway_baselined_counts_as_applied() throws SQLException {
        database().execute(table("legacy"));
        twins.other().execute(table("legacy"));
        twins.script("V1__never.sql", "this is never run").script("V2__b.sql", table("b"));
        for (var bed : List.of(database(), twins.other())) {
            bed.configuration().baselineVersion("1").load().baseline();
        }

        twins.migrate().flywayFindsNothingToDo();
    }

    @Test
    void the_history_may_have_another_name() throws SQLException {
        var told = twins.told(settings -> settings.table("Schema-Version"), "--history-table=Schema-Version");

        told.script("V1__a.sql", table("a")).migrate().flywayFindsNothingToDo();

        assertThat(told.upgrade().out()).contains("nothing to do");
        fails(terminal.upgrade(), Code.NeedsBaseline, "");
        assertThat(terminal.await("1", "5s").exit()).isZero();
    }

    @Test
    void scripts_may_lie_in_several_folders() throws SQLException {
        var more = folder.resolve("more");
        var told = twins.told(
                settings -> settings.locations("filesystem:" + terminal.migrations(), "filesystem:" + more),
                "--migrations=filesystem:" + terminal.migrations() + "," + more);
        told.script("V1__a.sql", table("a")).script("../more/sub/V2__b.sql", table("b"));

        told.migrate().flywayFindsNothingToDo();

        assertThat(rows("script")).containsExactly("V1__a.sql", "sub/V2__b.sql");
        told.script("../more/V1__a.sql", table("a"));
        fails(told.upgrade(), Code.ScriptInvalid, "V1__a.sql:1: two of the folders have a file of this name");
    }
}
