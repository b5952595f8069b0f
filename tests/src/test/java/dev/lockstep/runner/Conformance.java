package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What holds on every database.
abstract class Conformance extends RunConformance {
    @Test
    void what_loses_data_waits_for_an_approval_of_just_that_plan() throws SQLException {
        atRevisionOne();
        terminal.script("V2__drop.sql", "alter table orders drop column total;");

        var held = terminal.upgrade();
        assertThat(held.exit()).isEqualTo(Code.ApprovalNeeded.exit());
        assertThat(terminal.upgrade("--approve=sha256:0000").exit()).isEqualTo(Code.ApprovalNeeded.exit());
        assertThat(database().ask("select total from orders")).isEqualTo("10");

        var hash = held.out()
                .lines()
                .filter(line -> line.contains("--approve "))
                .findFirst()
                .orElseThrow();
        succeeds(terminal.upgrade("--approve=" + hash.replaceFirst(".*--approve ", "")));
        assertThat(database().column("select * from orders")).containsExactly("1");
    }

    @Test
    void an_init_container_holds_contract_steps_and_the_gate_opens_for_them() throws SQLException {
        atRevisionOne();
        terminal.script("V2__expand.sql", "alter table orders add column note text;")
                .script("V3__contract.sql", "-- Revision: gone\nalter table orders rename column total to amount;");

        succeeds(terminal.migrate());

        assertThat(database().ask("select total from orders")).isEqualTo("10");
        assertThat(terminal.await("2", "5s").exit()).isZero();
        assertThat(terminal.await("3", "5s").exit()).isZero();
        assertThat(terminal.await("gone", "5s").exit()).isZero();
        succeeds(terminal.upgrade());
        assertThat(database().ask("select amount from orders")).isEqualTo("10");
    }

    @Test
    void a_held_script_may_get_another_version_under_its_name() throws SQLException {
        atRevisionOne();
        var contract = "-- Revision: gone\nalter table orders rename column total to amount;";
        terminal.script("V3__contract.sql", contract);
        succeeds(terminal.migrate());
        terminal.without("V3__contract.sql").script("V4__contract.sql", contract);

        succeeds(terminal.migrate());
        succeeds(terminal.upgrade());

        assertThat(database().ask("select version from lockstep_schema where alias = 'gone'"))
                .isEqualTo("4");
    }

    @Test
    void a_command_line_that_cannot_be_read_is_answered_in_json_too() {
        for (var wrong : List.of("--nonsense", "--backup-keep=many", "--database=nonsense")) {
            var result = Terminal.type(new Stop(), List.of("upgrade", wrong, "--output=json"));

            assertThat(result.exit()).isEqualTo(Code.Usage.exit());
            assertThat(result.out())
                    .startsWith("{\"code\":\"Usage\"")
                    .endsWith("}\n")
                    .hasLineCount(1);
        }
    }

    @Test
    void the_gate_stays_shut_and_says_why() {
        assertThat(terminal.await("1", "1ms").err()).contains("Behind: ").contains("no migration has run");
        atRevisionOne();

        var behind = terminal.await("2", "1ms");

        assertThat(behind.exit()).isEqualTo(9);
        assertThat(behind.err()).contains("revision 2 is not there yet");
    }

    @Test
    void the_gate_opens_for_a_database_that_only_flyway_has_seen() throws SQLException {
        terminal.script("V1__init.sql", INIT);
        database().flyway(terminal.migrations()).migrate();
        grantHistory();

        assertThat(terminal.await("1", "5s").exit()).isZero();
        assertThat(terminal.await("2", "1ms").exit()).isEqualTo(9);
    }

    /// What the application's role needs for that.
    void grantHistory() throws SQLException {}

    @Test
    void an_edited_script_stops_everything() {
        atRevisionOne();
        terminal.script("V1__init.sql", INIT + "-- edited\n").script("V2__more.sql", "select 1;");

        fails(terminal.upgrade(), Code.ChecksumMismatch, "V1__init.sql:1: ");
    }

    @Test
    void a_script_that_is_gone_stops_everything() {
        atRevisionOne();
        terminal.script("V2__more.sql", "select 1;");
        succeeds(terminal.upgrade());

        fails(terminal.without("V1__init.sql").upgrade(), Code.MissingScript, "V1__init.sql: ");
    }

    @Test
    void older_files_find_the_database_ahead_and_do_nothing() {
        atRevisionOne();
        terminal.script("V2__more.sql", "select 1;");
        succeeds(terminal.upgrade());

        var older = terminal.without("V2__more.sql").upgrade();

        succeeds(older);
        assertThat(older.out()).contains("at revision 2, ahead of the target");
    }

    @Test
    void tables_without_a_history_need_a_baseline() throws SQLException {
        database().execute("create table legacy (id integer)");
        terminal.script("V1__init.sql", INIT);

        fails(terminal.upgrade(), Code.NeedsBaseline, "");
    }

    @Test
    void two_runs_at_once_both_succeed_and_one_executes() throws SQLException {
        terminal.script("V1__init.sql", INIT).script("V2__count.sql", "update orders set total = total + 1;");

        var results = List.of(
                CompletableFuture.supplyAsync(terminal::migrate), CompletableFuture.supplyAsync(terminal::migrate));

        results.forEach(result -> succeeds(result.join()));
        assertThat(database().ask("select total from orders")).isEqualTo("11");
        assertThat(database().ask("select count(*) from flyway_schema_history")).isEqualTo("2");
    }

    @Test
    void steps_are_counted_from_where_the_database_is() {
        terminal.script("V1__init.sql", INIT)
                .script("V2__more.sql", "alter table orders add column note text;")
                .script("V3__more.sql", "alter table orders add column memo text;");

        succeeds(terminal.upgrade("+2"));
        assertThat(terminal.show("current").out()).isEqualTo("2\n");
        assertThat(terminal.show("plan", "--detailed-exitcode").exit()).isEqualTo(3);
        succeeds(terminal.upgrade("+1"));
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
        assertThat(terminal.show("plan", "--detailed-exitcode").exit()).isZero();
    }

    @Test
    void history_tells_revisions_by_their_names() {
        terminal.script("V1__init.sql", "-- Revision: a1b2\n" + INIT)
                .script(
                        "V2__note.sql",
                        "-- Revision: c3d4\n-- Revises: a1b2\nalter table orders add column note text;");
        succeeds(terminal.upgrade("a1b2"));

        var history = terminal.show("history");

        assertThat(history.out()).isEqualTo("a1b2 -> c3d4 (head), note (pending)\nbase -> a1b2, init\n");
    }

    @Test
    void a_script_may_ask_to_run_outside_a_transaction() throws SQLException {
        atRevisionOne();
        terminal.script("V2__vacuum.sql", "-- Transaction: none\nvacuum;");

        succeeds(terminal.upgrade());

        assertThat(database().ask("select success from flyway_schema_history where version = '2'"))
                .isIn("t", "1");
    }

    @Test
    void vendor_folders_override_and_extend() throws SQLException {
        var other = database().vendor().equals("sqlite") ? "postgresql" : "sqlite";
        terminal.script("V1__init.sql", "this is overridden;")
                .script(database().vendor() + "/V1__init.sql", INIT)
                .script(other + "/V2__other.sql", "this is for another database;");

        succeeds(terminal.upgrade());

        assertThat(database().ask("select script from flyway_schema_history"))
                .isEqualTo(database().vendor() + "/V1__init.sql");
    }

    @Tag("lengthy")
    @Test
    void two_hundred_scripts_with_thirty_drops_ask_nothing_on_an_empty_database() throws SQLException {
        for (int i = 1; i <= 200; i++) {
            var drop = i % 6 == 0 && i <= 180;
            terminal.script(
                    "V" + i + "__step.sql",
                    drop ? "drop table t" + (i - 1) + ";" : "create table t" + i + " (id integer);");
        }

        succeeds(terminal.migrate());

        assertThat(database().ask("select count(*) from flyway_schema_history")).isEqualTo("200");
    }
}
