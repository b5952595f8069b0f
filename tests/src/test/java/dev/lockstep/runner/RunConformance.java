package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a run does on every database.
abstract class RunConformance extends RecipeConformance {
    @Test
    void an_empty_database_gets_the_whole_plan_in_one_go_without_backup_or_question() throws SQLException {
        terminal.script("V1__init.sql", INIT)
                .script("V2__more.sql", "alter table orders add column note text;")
                .script("V3__less.sql", "alter table orders drop column note;")
                .script("R__view.sql", "create view all_orders as select id from orders;");

        succeeds(terminal.migrate());

        assertThat(database().column("select version from flyway_schema_history order by installed_rank"))
                .containsExactly("1", "2", "3", "null");
        assertThat(database().column("select state from lockstep_schema")).containsOnly("applied");
        assertThat(terminal.backups()).doesNotExist();
    }

    @Test
    void a_first_run_that_failed_goes_on_in_one_go() throws SQLException {
        terminal.script("V1__init.sql", INIT).script("V2__less.sql", "insert into nowhere values (1);");
        fails(terminal.migrate(), Code.StatementFailed, "V2__less.sql:1: ");

        terminal.script("V2__less.sql", "alter table orders drop column total;");

        succeeds(terminal.migrate());
        assertThat(database().column("select * from orders")).containsExactly("1");
        assertThat(terminal.backups()).doesNotExist();
        assertThat(database().column("select state from lockstep_schema")).containsOnly("applied");
    }

    @Test
    void plain_flyway_finds_the_history_valid_and_nothing_to_do() {
        terminal.script("V1__init.sql", INIT)
                .script("V1.1__more.sql", "-- Revision: more\r\nalter table orders add column note text;\r\n")
                .script("V010__index.sql", "create index by_total on orders (total);\n\n")
                .script("R__view.sql", "create view all_orders as select id from orders;");

        succeeds(terminal.upgrade());

        var flyway = database().flyway(terminal.migrations());
        flyway.validate();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
    }

    @Test
    void a_history_that_flyway_made_is_taken_over_as_it_is() throws SQLException {
        terminal.script("V1__init.sql", INIT);
        database().flyway(terminal.migrations()).migrate();
        terminal.script("V2__more.sql", "alter table orders add column note text;");

        succeeds(terminal.upgrade());

        assertThat(database().column("select version from lockstep_schema order by version"))
                .containsExactly("1", "2");
        database().flyway(terminal.migrations()).validate();
    }

    @Test
    void a_second_run_changes_nothing() throws SQLException {
        atRevisionOne();
        var before = database().column("select installed_on from flyway_schema_history");

        var again = terminal.upgrade();

        succeeds(again);
        assertThat(again.out()).contains("nothing to do");
        assertThat(database().column("select installed_on from flyway_schema_history"))
                .isEqualTo(before);
    }

    @Test
    void an_error_in_the_third_statement_leaves_the_database_as_it_was() throws SQLException {
        atRevisionOne();
        terminal.script(
                "V2__bad.sql",
                "insert into orders values (2, 20);\n\ninsert into orders values (3, 30);\ninsert into nowhere values (1);\n");

        fails(terminal.upgrade(), Code.StatementFailed, "V2__bad.sql:4: ");

        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        assertThat(database().ask("select count(*) from flyway_schema_history")).isEqualTo("1");
        terminal.script("V2__bad.sql", "insert into orders values (2, 20);");
        succeeds(terminal.upgrade());
        assertThat(database().ask("select count(*) from orders")).isEqualTo("2");
    }

    @Test
    void error_texts_show_no_rows() throws SQLException {
        atRevisionOne();
        database()
                .execute(
                        "create table lines (id integer primary key references orders (id), n integer not null"
                                + " check (n <> 4711))",
                        "insert into orders (id, total) values (4711, 4711)",
                        "insert into lines (id, n) values (4711, 1)");
        for (var sql : List.of(
                "insert into orders (id, total) values (4711, 4711)",
                "update lines set n = id",
                "update lines set n = null where id = 4711",
                "update lines set id = id * 4711",
                "create table copy as select * from lines; create unique index one on copy ((n - n));"
                        + " insert into copy select * from lines")) {
            terminal.script("V2__bad.sql", sql + ";");

            var result = terminal.upgrade("--output=json");

            assertThat(result.exit()).as(sql).isEqualTo(1);
            assertThat(result.out()).as(sql).contains("StatementFailed").doesNotContain("4711");
        }
    }

    @Test
    void the_backup_is_taken_before_the_first_change_and_found_again_by_a_retry() throws IOException {
        atRevisionOne();
        terminal.script("V2__bad.sql", "insert into nowhere values (1);");
        assertThat(terminal.upgrade().out()).contains("backup taken");

        var retry = terminal.upgrade();

        assertThat(retry.out()).contains("backup found");
        try (var files = Files.list(terminal.backups())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.endsWith(".sha256"));
        }
    }

    @Test
    void what_failed_halfway_outside_a_transaction_is_not_run_again() throws SQLException {
        atRevisionOne();
        terminal.script(
                "V2__halfway.sql",
                "-- Transaction: none\nupdate orders set total = total + 1;\ninsert into nowhere values (1);");
        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__halfway.sql:3: ");

        fails(terminal.upgrade("--backup=never"), Code.Uncertain, "V2__halfway.sql:1: ");

        assertThat(database().ask("select total from orders")).isEqualTo("11");
        assertThat(terminal.await("2", "1ms").exit()).isEqualTo(9);
        database().execute("update orders set total = 10", "delete from lockstep_schema where version = '2'");
        terminal.script("V2__halfway.sql", "update orders set total = total + 1;");
        succeeds(terminal.upgrade("--backup=never"));
        assertThat(database().ask("select total from orders")).isEqualTo("11");
    }

    @Test
    void one_statement_that_failed_outside_a_transaction_has_done_nothing() throws SQLException {
        atRevisionOne();
        terminal.script("V2__one.sql", "-- Transaction: none\ninsert into nowhere values (1);");
        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__one.sql:2: ");

        terminal.script("V2__one.sql", "-- Transaction: none\nupdate orders set total = total + 1;");

        succeeds(terminal.upgrade("--backup=never"));
        assertThat(database().ask("select total from orders")).isEqualTo("11");
        assertThat(terminal.await("2", "1ms").exit()).isZero();
    }

    @Test
    void a_run_that_died_outside_a_transaction_leaves_word() throws SQLException {
        atRevisionOne();
        terminal.script("V2__one.sql", "-- Transaction: none\nupdate orders set total = total + 1;")
                .script("V3__clean.sql", "-- Transaction: none\nvacuum;");
        database().execute(started("3"), started("2"));

        fails(terminal.upgrade("--backup=never"), Code.Uncertain, "V2__one.sql:1: ");

        database().execute("delete from lockstep_schema where version = '2'");
        succeeds(terminal.upgrade("--backup=never"));
        assertThat(database().column("select state from lockstep_schema")).containsOnly("applied");
    }

    static String started(String version) {
        return "insert into lockstep_schema (version, phase, checksum, state) values ('" + version
                + "', 'expand', 0, 'started')";
    }

    @Test
    void a_script_that_runs_outside_a_transaction_may_mix_its_statements() throws SQLException {
        atRevisionOne();
        terminal.script("V2__mixed.sql", "-- Transaction: none\nupdate orders set total = 12;\nvacuum;");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask("select total from orders")).isEqualTo("12");
    }

    @Test
    void without_a_backup_nothing_is_changed() throws IOException, SQLException {
        atRevisionOne();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");
        Files.writeString(terminal.backups(), "a file where a folder should be");

        fails(terminal.upgrade(), Code.BackupFailed, terminal.backups().toString());

        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
    }
}
