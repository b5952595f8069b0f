package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is said to a person who mistyped, edited or is to go on by hand, on every database.
abstract class WordConformance extends TruthConformance {
    @Test
    void a_mistyped_word_is_answered_with_the_one_that_is_meant() {
        var option = terminal.show("plan", "--sqll");
        assertThat(option.exit()).isEqualTo(Code.Usage.exit());
        assertThat(option.err())
                .isEqualTo(
                        "Usage: --sqll: is no option of lockstep plan; perhaps --sql is meant; lockstep plan --help lists its options\n");

        var verb = terminal.show("validat");
        assertThat(verb.err())
                .hasLineCount(1)
                .contains("validat: is no verb; perhaps validate is meant", "lockstep --help");
        assertThat(terminal.show("current", "1", "2").err()).contains("is a word too many");
        assertThat(terminal.show("plan", "--nothing-like-it=of-a-secret").err())
                .doesNotContain("of-a-secret")
                .hasLineCount(1)
                .doesNotContain("perhaps");
    }

    @Test
    void a_gate_that_fails_fast_ends_when_the_newest_run_has_failed_until_another_begins() {
        atRevisionOne();
        terminal.script("V2__wrong.sql", "select 1 from nowhere;");
        assertThat(terminal.await("2", "1ms", "--fail-fast").exit())
                .as("nothing has failed yet")
                .isEqualTo(Code.Behind.exit());
        fails(terminal.upgrade(), Code.StatementFailed, "V2__wrong.sql:1");

        var ended = terminal.await("2", "20s", "--fail-fast");
        fails(ended, Code.MigrationFailed, "revision 2: is not there");
        assertThat(ended.err()).contains("StatementFailed at V2__wrong.sql:1");
        assertThat(terminal.await("2", "1ms").out()).contains("not there yet; the newest run has failed: Statement");
        assertThat(terminal.await("1", "1ms", "--fail-fast").exit()).isZero();

        terminal.script("V2__wrong.sql", "select 1;");
        succeeds(terminal.upgrade());
        assertThat(terminal.await("2", "1ms", "--fail-fast").exit()).isZero();
        assertThat(terminal.await("3", "1ms", "--fail-fast").exit()).isEqualTo(Code.Behind.exit());
    }

    @Test
    void a_first_run_that_fails_is_told_to_a_gate_too() {
        terminal.script("V1__wrong.sql", "select 1 from nowhere;");
        fails(terminal.upgrade(), Code.StatementFailed, "V1__wrong.sql:1");

        fails(terminal.await("1", "20s", "--fail-fast"), Code.MigrationFailed, "revision 1: is not there");

        terminal.without("V1__wrong.sql");
        terminal.script("V1__right.sql", "select 1;");
        succeeds(terminal.upgrade());
        assertThat(terminal.await("1", "1ms", "--fail-fast").exit()).isZero();
    }

    @Test
    void a_verb_offers_what_it_uses_and_nothing_else() {
        for (var verb : List.of("upgrade", "downgrade", "migrate")) {
            assertThat(offered(verb)).containsExactly("--backup=", "--lock-timeout=", "--lock-budget=");
        }
        assertThat(offered("backup")).containsExactly("--backup=", "--lock-budget=");
        for (var verb : List.of("stamp", "baseline", "repair")) {
            assertThat(offered(verb)).containsExactly("--lock-budget=");
        }
        for (var verb : List.of("plan", "lint", "validate", "test", "current", "history", "heads", "show", "await")) {
            assertThat(offered(verb)).as(verb).isEmpty();
        }
    }

    private List<String> offered(String verb) {
        var help = terminal.show(verb, "--help").out();
        return Stream.of("--backup=", "--lock-timeout=", "--lock-budget=")
                .filter(help::contains)
                .toList();
    }

    @Test
    void a_folder_without_scripts_is_named() throws IOException {
        Files.createDirectories(terminal.migrations());

        fails(
                terminal.upgrade("--backup=never"),
                Code.FilesMissing,
                terminal.migrations() + ": the folder has no scripts");
    }

    @Test
    void a_backup_folder_without_a_name_is_refused() {
        terminal.script("V1__init.sql", INIT);

        fails(terminal.upgrade("--backup="), Code.Usage, "--backup: it is not said where the backup goes");
    }

    @Test
    void a_mistyped_key_is_warned_of_with_its_line_and_prose_is_not() {
        terminal.script("V1__init.sql", "-- Note: first\n-- Revison: a\n-- Phse: expand\n-- Remark: none\n" + INIT)
                .script("V2__more.sql", "-- Lock_timeout: 1s\n-- Because: it is\nselect 1;\n-- Phse: later");

        var err = terminal.show("plan").err();

        assertThat(err.lines().filter(line -> line.startsWith("warning: ")))
                .hasSize(3)
                .anyMatch(line -> line.contains("V1__init.sql:2: 'Revison:'") && line.contains("'revision:'"))
                .anyMatch(line -> line.contains("V1__init.sql:3: 'Phse:'") && line.contains("'phase:'"))
                .anyMatch(line -> line.contains("V2__more.sql:1: 'Lock_timeout:'") && line.contains("'lock-timeout:'"));
    }

    @Test
    void a_script_that_was_edited_or_is_gone_may_be_repaired() {
        terminal.script("V1__init.sql", INIT).script("V2__more.sql", "select 1;");
        succeeds(terminal.upgrade());

        assertThat(terminal.script("V1__init.sql", INIT + "-- edited\n")
                        .upgrade()
                        .err())
                .contains("ChecksumMismatch", "lockstep repair");
        assertThat(terminal.without("V1__init.sql").upgrade().err()).contains("MissingScript", "lockstep repair");
    }

    @Test
    void all_heads_are_told_after_an_upgrade_to_all() {
        terminal.script("V1__init.sql", "-- Revision: root\n" + INIT)
                .script("V2__left.sql", "-- Revision: left\n-- Revises: root\nalter table orders add column l text;")
                .script("V3__right.sql", "-- Revision: right\n-- Revises: root\nalter table orders add column r text;");

        assertThat(terminal.upgrade("heads").out()).contains("at the revisions left and right, 3 applied");
        assertThat(terminal.upgrade("heads").out()).contains("at the revisions left and right, nothing to do");
    }

    @Test
    void what_is_uncertain_is_shown_where_one_looks() throws SQLException {
        atRevisionOne();
        terminal.script(
                "V2__more.sql", "-- Transaction: none\ncreate table a (id integer); insert into nothing values (1);");
        assertThat(terminal.upgrade().exit()).isNotZero();

        assertThat(terminal.show("current").out()).isEqualTo("1\n2 (unfinished)\n");
        assertThat(terminal.show("current", "--output=json").out()).contains("\"unfinished\":[\"2\"]");
        assertThat(terminal.show("history").out()).contains("1 -> 2 (head), more (unfinished)");
        fails(terminal.upgrade(), Code.Uncertain, "V2__more.sql:1: ");
    }
}
