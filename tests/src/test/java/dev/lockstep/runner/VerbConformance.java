package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import org.junit.jupiter.api.Test;

/// The verbs that look, write scripts or mend the history, on every database.
abstract class VerbConformance extends Workplace {
    private void branches() {
        terminal.script("V1__init.sql", "-- Revision: root\n" + INIT)
                .script("V2__left.sql", "-- Revision: left\n-- Revises: root\nalter table orders add column l text;")
                .script("V3__right.sql", "-- Revision: right\n-- Revises: root\nalter table orders add column r text;");
    }

    @Test
    void two_heads_are_listed_and_merged_by_the_command_that_the_refusal_names() {
        branches();
        var refused = terminal.upgrade();
        fails(refused, Code.MultipleHeads, "V3__right.sql:1: there are 2 heads: left, right");
        assertThat(refused.err()).contains("lockstep merge -m MESSAGE left right ");
        assertThat(terminal.show("heads").out()).isEqualTo("left (head), left\nright (head), right\n");

        var merged = terminal.show("merge", "-m", "Both sides", "left", "right");

        succeeds(merged);
        assertThat(merged.out()).endsWith("V4__both_sides.sql\n");
        succeeds(terminal.upgrade());
        assertThat(terminal.show("heads").out())
                .endsWith(" (head), both sides\n")
                .hasLineCount(1);
        assertThat(terminal.show("current", "--head").exit()).isZero();
    }

    @Test
    void a_new_script_follows_the_head_and_its_path_is_printed() {
        terminal.script("V1__init.sql", "-- Revision: root\n" + INIT);

        var path = terminal.show("revision", "-m", "Add user preferences table", "--down");

        succeeds(path);
        assertThat(path.out().lines())
                .containsExactly(
                        terminal.migrations()
                                .resolve("V2__add_user_preferences_table.sql")
                                .toString(),
                        terminal.migrations()
                                .resolve("U2__add_user_preferences_table.sql")
                                .toString());
        assertThat(terminal.show("show").out())
                .contains("revises:     root")
                .contains("-- Add user preferences table\n--\n-- Revision: ");
        succeeds(terminal.upgrade());
        assertThat(terminal.show("current").out()).matches("[0-9a-f]{12} \\(head\\)\n");
        assertThat(terminal.show("revision", "-m", "  ").exit()).isEqualTo(Code.Usage.exit());
        succeeds(terminal.show("revision", "-m", "one", "--label=b"));
        fails(terminal.show("revision", "-m", "two", "--label=b"), Code.Usage, "--label: b is another branch's");
    }

    @Test
    void a_revision_is_shown_with_its_place_and_its_script() {
        branches();

        var shown = terminal.show("show", "left");

        assertThat(shown.out()).isEqualTo("""
                revision:    2
                alias:       left
                description: left
                revises:     root
                followed by: nothing (head)
                phase:       expand
                file:        V2__left.sql
                down:        none

                -- Revision: left
                -- Revises: root
                alter table orders add column l text;
                """);
    }

    @Test
    void the_order_of_deployment_is_told_with_the_plan() {
        terminal.script("V1__init.sql", INIT)
                .script(
                        "V2__wide.sql",
                        "-- Breaking: deploy 2.3 (reads both) first\nalter table orders drop column total;");
        succeeds(terminal.upgrade("1"));

        assertThat(terminal.show("plan").out())
                .contains("V2__wide.sql, loses data")
                .contains("deploy: deploy 2.3 (reads both) first");
        assertThat(terminal.show("plan", "--output=json").out())
                .contains("\"deploy\":\"deploy 2.3 (reads both) first\"");
        assertThat(terminal.show("show", "2").out()).contains("deploy:      deploy 2.3 (reads both) first\n");
    }

    @Test
    void a_database_that_is_behind_says_so_by_its_exit_status() {
        branches();
        succeeds(terminal.upgrade("left"));

        var current = terminal.show("current", "--head");

        assertThat(current.out()).isEqualTo("left (head)\n");
        assertThat(current.exit()).isEqualTo(3);
    }

    @Test
    void what_hurts_is_told_before_it_runs() {
        terminal.script("V1__init.sql", INIT)
                .script("V2__more.sql", "alter table orders add column note text not null;")
                .script("V3__name.sql", "-- Lint-allow: rename\nalter table orders rename column total to amount;");

        var all = terminal.show("lint");

        assertThat(all.exit()).isEqualTo(6);
        assertThat(all.out()).startsWith("""
                V2__more.sql:1: error: required-column: orders.note has no value for the rows that are there
                    give it a DEFAULT; or add it without NOT NULL, then lockstep revision --recipe not-null --table orders\
                 --column note
                """).endsWith("1 error, 0 warnings in 3 scripts\n");
        assertThat(terminal.show("lint", "--output=json").out())
                .startsWith("[{\"rule\":\"required-column\",\"level\":\"error\",\"file\":\"V2__more.sql\",\"line\":1,");
        assertThat(terminal.show("lint", "--since=2").out()).isEqualTo("0 errors, 0 warnings in 1 script\n");
        fails(terminal.show("lint", "--since=9"), Code.GraphInvalid, "9: ");
    }

    @Test
    void lint_can_look_at_what_is_pending_alone() {
        terminal.script("V1__init.sql", INIT).script("V2__fill.sql", "update orders set total = 1;");
        assertThat(terminal.show("lint", "--pending").out()).isEqualTo("0 errors, 0 warnings in 2 scripts\n");
        succeeds(terminal.upgrade("1"));

        var pending = terminal.show("lint", "--pending");

        assertThat(pending.out())
                .startsWith("V2__fill.sql:1: warning: every-row: every row of orders stays locked")
                .contains("    -- Batch: table=orders\n    update orders set total = 1 where ${batch};\n")
                .endsWith("0 errors, 1 warning in 1 script\n");
        assertThat(pending.exit()).isZero();
        assertThat(terminal.show("lint", "--pending", "--strict").exit()).isEqualTo(6);
        succeeds(terminal.upgrade());
        assertThat(terminal.show("lint", "--pending").out()).isEqualTo("0 errors, 0 warnings in 0 scripts\n");
    }

    @Test
    void words_that_options_know_may_be_written_in_any_case() {
        atRevisionOne();
        terminal.script("V2__note.sql", "alter table orders add column note text;")
                .script("U2__note.sql", "alter table orders drop column note;")
                .script("V3__wrong.sql", "boom;");

        var result = terminal.upgrade("--on-failure=Downgrade", "--backup=Never");

        fails(result, Code.StatementFailed, "V3__wrong.sql:1: ");
        assertThat(result.out()).doesNotContain("backing up");
        assertThat(terminal.show("current", "--output=JSON").out()).startsWith("{\"revision\":\"1\"");
        assertThat(terminal.upgrade("--backup-keep=many", "--output=JSON").out())
                .startsWith("{\"code\":\"Usage\"");
    }
}
