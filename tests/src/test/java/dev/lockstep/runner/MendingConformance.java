package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Verbs that change what the history says, and those about backups and rehearsals, on every database.
abstract class MendingConformance extends WordConformance {
    private static final String HISTORY =
            "select version || ' ' || type from flyway_schema_history order by installed_rank";

    private void threeRevisions() {
        terminal.script("V1__init.sql", INIT)
                .script("V2__note.sql", "alter table orders add column note text;")
                .script("V3__memo.sql", "alter table orders add column memo text;");
    }

    /// Nothing that plain Flyway would complain of.
    void assertFlywayAgrees() {
        var validated = database().flyway(terminal.migrations(), "*:pending").validateWithResult();
        assertThat(validated.validationSuccessful)
                .as(validated.getAllErrorMessages())
                .isTrue();
    }

    @Test
    void a_database_is_stamped_forwards_and_backwards_and_no_script_runs() throws SQLException {
        threeRevisions();
        succeeds(terminal.upgrade("1"));

        var forwards = terminal.show("stamp", "3");

        assertThat(forwards.out()).isEqualTo("2 counts as applied\n3 counts as applied\n");
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
        assertThat(terminal.await("3", "5s").exit()).isZero();
        assertFlywayAgrees();
        terminal.script("V3__memo.sql", "-- edited");
        fails(terminal.show("validate"), Code.ChecksumMismatch, "V3__memo.sql:1: ");
        threeRevisions();
        // as a run leaves it that dies over a script outside a transaction
        database().execute("update lockstep_schema set state = 'started' where version = '3'");
        succeeds(terminal.show("stamp", "1"));
        assertThat(database().column(HISTORY)).containsExactly("1 SQL", "2 SQL", "3 SQL", "3 DELETE", "2 DELETE");
        assertThat(terminal.await("3", "1ms").exit()).isEqualTo(Code.Behind.exit());
        assertFlywayAgrees();
        succeeds(terminal.upgrade());
        assertThat(database().ask("select count(*) from orders where note is null and memo is null"))
                .isEqualTo("1");
        assertThat(terminal.show("stamp", "head").out()).isEqualTo("nothing to change\n");
    }

    @Test
    void a_stamp_leaves_another_branch_alone() {
        terminal.script("V1__init.sql", "-- Revision: root\n" + INIT)
                .script("V2__left.sql", "-- Revises: root\nalter table orders add column l text;")
                .script("V3__left.sql", "-- Revises: 2\nalter table orders add column m text;")
                .script("V4__right.sql", "-- Revises: root\nalter table orders add column r text;");
        succeeds(terminal.upgrade("heads"));

        var back = terminal.show("stamp", "2");

        assertThat(back.out()).isEqualTo("3 counts as taken back\n");
        assertThat(terminal.show("current").out()).isEqualTo("2\n4 (head)\n");
    }

    @Test
    void a_database_that_others_made_is_stamped_or_baselined() throws SQLException {
        threeRevisions();
        database().execute("create table orders (id integer primary key, total integer)");
        fails(terminal.upgrade(), Code.NeedsBaseline, "");
        fails(terminal.show("validate"), Code.NeedsBaseline, "");

        succeeds(terminal.show("stamp", "1"));

        succeeds(terminal.upgrade());
        assertThat(database().column("select note from orders")).isEmpty();
        assertFlywayAgrees();
    }

    /// As Flyway leaves it that was run before there were scripts. It would run them all on tables that are there.
    @Test
    void an_empty_history_beside_tables_is_no_history() throws SQLException, IOException {
        threeRevisions();
        database().flyway(Files.createDirectories(folder.resolve("none"))).migrate();
        database().execute("create table orders (id integer primary key, total integer, note text)");
        fails(terminal.upgrade(), Code.NeedsBaseline, "");

        succeeds(terminal.show("baseline", "2"));

        succeeds(terminal.upgrade());
        assertThat(database().column(HISTORY)).containsExactly("2 BASELINE", "3 SQL");
        assertFlywayAgrees();
    }

    @Test
    void a_baseline_stands_for_all_before_it() throws SQLException {
        threeRevisions();
        database().execute("create table orders (id integer primary key, total integer, note text)");

        assertThat(terminal.show("baseline", "2").out()).isEqualTo("the history begins at 2\n");

        assertThat(terminal.show("baseline", "2").out()).isEqualTo("the history began before at 2\n");
        fails(terminal.show("baseline", "3"), Code.GraphInvalid, "3: ");
        succeeds(terminal.upgrade());
        assertThat(database().column(HISTORY)).containsExactly("2 BASELINE", "3 SQL");
        assertThat(terminal.await("1", "5s").exit()).isZero();
        assertFlywayAgrees();
        fails(terminal.downgrade("1"), Code.GraphInvalid, "1: the history begins at the baseline 2");
        fails(terminal.downgrade("-2"), Code.GraphInvalid, "-2: only 1 revisions are applied");
        terminal.script("U3__memo.sql", "alter table orders drop column memo;");
        fails(terminal.downgrade("base"), Code.GraphInvalid, "base: ");
        succeeds(terminal.downgrade("2"));
        assertThat(terminal.show("current").out()).isEqualTo("2\n");
    }

    @Test
    void an_edited_script_and_one_that_is_gone_are_repaired() throws SQLException {
        threeRevisions();
        succeeds(terminal.upgrade());
        terminal.script("V1__init.sql", INIT + "-- edited\n").without("V2__note.sql");
        fails(terminal.show("validate"), Code.ChecksumMismatch, "V1__init.sql:1: ");

        var repaired = terminal.show("repair");

        assertThat(repaired.out())
                .isEqualTo("V1__init.sql: its checksum is that of the file now\n2 counts as taken back\n");
        assertThat(terminal.show("validate").out()).isEqualTo("valid: 2 applied, 0 pending\n");
        assertFlywayAgrees();
        assertThat(database().ask("select checksum from lockstep_schema where version = '1'"))
                .isEqualTo(database().ask("select checksum from flyway_schema_history where version = '1'"));
        terminal.without("V3__memo.sql"); // it may be a newer release's
        assertThat(terminal.show("repair").out()).isEqualTo("nothing to change\n");
    }

    @Test
    void what_a_failed_flyway_left_is_repaired() throws SQLException {
        threeRevisions();
        succeeds(terminal.upgrade());
        database().execute("update flyway_schema_history set success = false where version = '3'");
        fails(terminal.upgrade(), Code.Uncertain, "V3__memo.sql:1: ");
        database().execute("alter table orders drop column memo");

        assertThat(terminal.show("repair").out()).isEqualTo("V3__memo.sql: its failed row is removed\n");

        succeeds(terminal.upgrade());
        assertFlywayAgrees();
    }

    @Test
    void backups_are_taken_listed_verified_and_restored() throws SQLException, IOException {
        atRevisionOne();
        succeeds(backup("take"));
        var line = backup("list").out();
        assertThat(line).contains("  at 1, ").hasLineCount(1);
        var name = line.replaceFirst("^\\S+ +", "").replaceFirst("  (?s).*", "");
        assertThat(backup("verify", name).out()).isEqualTo(name + " is whole\n");

        var filled = backup("restore", name);
        fails(filled, Code.RestoreFailed, "");
        assertThat(filled.err()).contains("there are tables already");
        assertThat(backup("take").out()).contains("backup taken");
        database().execute("delete from orders");
        var other = terminal.on(other());
        var restored =
                other.show("backup", "restore", name, "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools());
        succeeds(restored);
        assertThat(other.bed().ask("select total from orders")).isEqualTo("10");
        assertThat(other.show("current").out()).isEqualTo("1 (head)\n");

        var file = terminal.backups().resolve(name);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
        fails(
                backup("verify", name),
                Code.BackupFailed,
                terminal.backups() + ": the backup " + name + " is not what it was");
        fails(backup("verify", "nothing"), Code.BackupFailed, terminal.backups() + ": the backup nothing is not there");
    }

    @Test
    void words_that_have_no_meaning_together_are_refused() {
        atRevisionOne();

        assertThat(terminal.show("repair", "--done=1", "--undone=1").exit()).isEqualTo(Code.Usage.exit());
        assertThat(terminal.upgrade("--lock-timeout=0ms").exit()).isEqualTo(Code.Usage.exit());
        assertThat(terminal.upgrade("--lock-timeout=501h").exit()).isEqualTo(Code.Usage.exit());
    }

    @Test
    void a_rehearsal_goes_up_down_and_up_and_leaves_the_database_alone() throws SQLException {
        allowDatabases();
        threeRevisions();
        terminal.script("U2__note.sql", "alter table orders drop column note;")
                .script("U3__memo.sql", "alter table orders drop column memo;");

        var result = terminal.show("test", "--pg-bin=" + Terminal.tools());

        succeeds(result);
        assertThat(result.out()).isEqualTo("""
                        ok     1 init: up; it has no down script
                        ok     2 note: up, down, up
                        ok     3 memo: up, down, up
                        all revisions passed
                        """);
        assertThat(terminal.show("current").out()).isEqualTo("base\n");
    }

    @Test
    void a_down_script_that_does_not_bring_the_schema_back_is_found() throws SQLException {
        allowDatabases();
        threeRevisions();
        terminal.script("V3__memo.sql", "create index if not exists by_total on orders (total);")
                .script("U3__memo.sql", "-- nothing")
                .script("U2__note.sql", "alter table orders drop column no_such_column;");

        var result = terminal.show("test", "--pg-bin=" + Terminal.tools());

        assertThat(result.exit()).isEqualTo(Code.NotReversible.exit());
        assertThat(result.err())
                .contains("StatementFailed: U2__note.sql:1: ")
                .contains("NotReversible: U3__memo.sql:1: does not bring back what was there before: + ");
    }

    @Test
    void a_column_that_comes_back_as_the_last_one_has_come_back() throws SQLException {
        allowDatabases();
        terminal.script(
                        "V1__init.sql",
                        "create table orders (\n  id integer primary key,\n  total integer,\n  note text\n);")
                .script("V2__drop.sql", "alter table orders drop column total;")
                .script("U2__drop.sql", "alter table orders add column total integer;")
                .script("V3__drop.sql", "alter table orders drop column note;")
                .script("U3__drop.sql", "alter table orders add column note varchar(9);");

        var result = terminal.show("test", "--pg-bin=" + Terminal.tools());

        assertThat(result.out()).contains("ok     2 drop: up, down, up").doesNotContain("ok     3");
        assertThat(result.err()).contains("NotReversible: U3__drop.sql:1: ").doesNotContain("U2__drop.sql");
    }
}
