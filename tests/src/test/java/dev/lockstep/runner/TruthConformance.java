package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is to blame, where the database stands, what to do now: told as it is, on every database.
abstract class TruthConformance extends BackupConformance {
    private void threeSteps() {
        terminal.script("V1__init.sql", INIT)
                .script("V2__note.sql", "alter table orders add column note text;")
                .script("V3__memo.sql", "alter table orders add column memo text;")
                .script("U3__memo.sql", "alter table orders drop column memo;");
    }

    @Test
    void a_history_with_a_row_of_no_version_is_refused_by_every_verb() throws SQLException {
        threeSteps();
        succeeds(terminal.upgrade("2"));
        database().execute("update flyway_schema_history set version = 'garbage' where version = '2'");

        for (var verb : List.of("validate", "current", "history", "plan", "repair")) {
            fails(terminal.show(verb), Code.HistoryInvalid, "flyway_schema_history, installed_rank 2: ");
        }
        var refused = terminal.upgrade();
        fails(refused, Code.HistoryInvalid, "flyway_schema_history, installed_rank 2: ");
        assertThat(refused.err()).contains("garbage", "V2__note.sql", "where installed_rank = 2");
    }

    @Test
    void a_file_that_is_half_a_backup_is_none_though_its_sum_is_right() throws Exception {
        atRevisionOne();
        succeeds(backup("take"));
        var name = newest();
        var file = terminal.backups().resolve(name);
        var whole = Files.readAllBytes(file);
        var half = Arrays.copyOf(whole, whole.length / 2);
        Files.write(file, half);
        var sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(half));
        Files.writeString(file.resolveSibling(name + ".sha256"), sum + "  " + name + "\n");

        fails(backup("verify", name), Code.BackupFailed, "");
    }

    @Test
    void the_gate_opens_for_no_mark_that_is_no_revision() throws SQLException {
        atRevisionOne();
        for (var mark : List.of("*", "@")) {
            database()
                    .execute("insert into lockstep_schema (version, phase, checksum, state) values ('" + mark
                            + "', 'expand', 0, 'building')");
        }

        assertThat(terminal.await("*", "1ms").exit()).isEqualTo(Code.Behind.exit());
        assertThat(terminal.await("@", "1ms").exit()).isEqualTo(Code.Behind.exit());
    }

    @Test
    void no_word_leads_below_a_baseline() throws SQLException {
        threeSteps();
        database().execute("create table orders (id integer primary key, total integer, note text)");
        succeeds(terminal.show("baseline", "2"));
        succeeds(terminal.upgrade());

        for (var word : List.of("1", "base")) {
            fails(terminal.show("stamp", word), Code.GraphInvalid, word + ": the history begins at the baseline 2");
            fails(terminal.downgrade(word), Code.GraphInvalid, word + ": the history begins at the baseline 2");
        }
        fails(terminal.upgrade("base"), Code.GraphInvalid, "base: leads down; lockstep downgrade base");
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
        var down = terminal.downgrade("2");
        succeeds(down);
        assertThat(down.out()).contains("at revision 2, 1 taken back");
        succeeds(terminal.show("stamp", "3"));
        succeeds(terminal.show("stamp", "2"));
        assertThat(terminal.show("current").out()).isEqualTo("2\n");
    }

    @Test
    void nothing_leads_up_to_the_base() {
        threeSteps();
        assertThat(terminal.upgrade("base").out()).contains("at base, nothing to do");
        succeeds(terminal.upgrade("1"));

        fails(terminal.upgrade("base"), Code.GraphInvalid, "base: leads down; lockstep downgrade base");
    }

    @Test
    void a_stamp_counts_no_steps_down() {
        threeSteps();
        succeeds(terminal.upgrade());

        var stamped = terminal.show("stamp", "-1");

        fails(stamped, Code.GraphInvalid, "-1: ");
        assertThat(stamped.err()).doesNotContain("downgrade").contains("lockstep stamp REV");
    }

    @Test
    void the_gate_and_a_plans_scripts_answer_in_json_too() {
        threeSteps();
        succeeds(terminal.upgrade("2"));

        assertThat(terminal.await("2", "5s", "--output=json").out()).isEqualTo("{\"revision\":\"2\",\"there\":true}\n");
        assertThat(terminal.show("plan", "--sql", "--output=json").out())
                .isEqualTo("[{\"revision\":\"3\",\"direction\":\"up\",\"phase\":\"expand\",\"file\":\"V3__memo.sql\","
                        + "\"held\":\"no\",\"sql\":\"alter table orders add column memo text;\"}]\n");
        succeeds(terminal.upgrade());
        assertThat(terminal.show("downgrade", "2", "--sql", "--output=json").out())
                .startsWith("[{\"revision\":\"3\",\"direction\":\"down\",");
    }

    @Test
    void what_a_failed_run_could_not_take_back_is_told_with_where_it_stands() throws SQLException {
        threeSteps();
        terminal.script("V4__wrong.sql", "alter table nothing add column note text;");

        var failed = terminal.upgrade("--on-failure=downgrade");

        fails(failed, Code.StatementFailed, "V4__wrong.sql:1: ");
        assertThat(failed.err())
                .contains("taken back: 3; not taken back: 2, 1, for V2__note.sql has no down script;"
                        + " the database is at revision 2")
                .doesNotContain("taking back:");
        database().execute("drop table orders", "drop table flyway_schema_history", "drop table lockstep_schema");
        var json = terminal.upgrade("--on-failure=downgrade", "--output=json").out();
        assertThat(json)
                .contains("\"code\":\"StatementFailed\"", "taken back: 3; not taken back: 2, 1", "\"revision\":\"2\"");
    }

    @Test
    void a_down_script_that_fails_on_the_way_back_is_told_with_where_it_stands() {
        threeSteps();
        succeeds(terminal.upgrade("2"));
        terminal.script("U3__memo.sql", "alter table orders drop column no_such_column;")
                .script("V4__wrong.sql", "alter table nothing add column note text;");

        var failed = terminal.upgrade("--on-failure=downgrade");

        fails(failed, Code.StatementFailed, "V4__wrong.sql:1: ");
        assertThat(failed.err())
                .contains("taken back: nothing; not taken back: 3, for U3__memo.sql:1: ")
                .contains("the database is at revision 3");
    }

    @Test
    void nothing_is_said_of_taking_back_where_nobody_asked_for_it() {
        threeSteps();
        terminal.script("V4__wrong.sql", "alter table nothing add column note text;");

        var failed = terminal.upgrade();

        fails(failed, Code.StatementFailed, "V4__wrong.sql:1: ");
        assertThat(failed.err()).doesNotContain("taking back").doesNotContain("taken back");
    }
}
