package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.Pause;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// SQLite, and what only SQLite has.
final class SqliteTest extends Conformance {
    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    @Override
    Bed other() {
        return new Bed.Sqlite(folder.resolve("other.db"));
    }

    @Test
    void rows_that_refer_to_nothing_are_not_committed() throws SQLException {
        terminal.script(
                "V1__init.sql",
                "create table a (id integer primary key); create table b (a integer references a (id));");
        succeeds(terminal.upgrade());
        terminal.script("V2__orphan.sql", "insert into b values (7);");

        fails(terminal.upgrade(), Code.StatementFailed, "V2__orphan.sql");

        assertThat(database().ask("select count(*) from b")).isEqualTo("0");
    }

    @Test
    void a_reader_that_keeps_a_commit_waiting_is_waited_for() throws Exception {
        atRevisionOne();
        terminal.script("V2__more.sql", "update orders set total = total + 1;");
        try (var reader = database().connect()) {
            reader.setAutoCommit(false);
            try (var statement = reader.createStatement()) {
                assertThat(statement.executeQuery("select id from orders").next())
                        .isTrue();
            }
            var result = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
            Thread.sleep(13_000);
            reader.rollback();

            succeeds(result.join());
        }
        assertThat(database().ask("select total from orders")).isEqualTo("11");
    }

    @Test
    void a_writer_is_waited_for_as_long_as_the_budget_says() throws Exception {
        atRevisionOne();
        terminal.script("V2__more.sql", "update orders set total = total + 1;");
        try (var writer = database().connect();
                var statement = writer.createStatement()) {
            statement.execute("begin immediate");
            var result = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
            Thread.sleep(11_000);
            statement.execute("rollback");

            succeeds(result.join());
        }
    }

    /// One that wrote between what a script reads and what it writes would end the script, and no wait would help: it
    /// has
    /// read what is not so any more (`SQLITE_BUSY_SNAPSHOT`).
    @Test
    void another_writer_waits_from_a_scripts_first_word_on() throws Exception {
        atRevisionOne();
        database().execute("pragma journal_mode = wal");
        terminal.script("R__read_and_write.sql", """
                create temp table counted as
                with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000000)
                select count(*) + (select count(*) from orders) as rows from n;
                update orders set total = total + 1;
                """);
        var result = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never", "--lock-budget=15s"));
        while (!result.isDone()) {
            database().execute("update orders set total = total + 10");
            Pause.briefly();
        }

        succeeds(result.join());
    }

    @Test
    void a_writer_that_does_not_end_is_given_up_when_the_budget_is_spent() throws Exception {
        atRevisionOne();
        terminal.script("V2__more.sql", "update orders set total = total + 1;");
        try (var writer = database().connect();
                var statement = writer.createStatement()) {
            statement.execute("begin immediate");

            var result = terminal.upgrade("--backup=never", "--lock-budget=1s");
            fails(result, Code.LockBudgetExceeded, "");
            assertThat(result.err()).contains("in the way: a process that has the file open");
            fails(terminal.show("stamp", "2", "--lock-budget=1s"), Code.LockBudgetExceeded, "");
        }
    }

    /// The database counts rows by the index, and a copy makes the index anew.
    private void leaveRowOutOfIndex() throws SQLException {
        database().execute("create table notes (id integer, note text)", "insert into notes values (1, 'one')");
        database().execute("create index by_id on notes (id)");
        var root = database().ask("select rootpage from sqlite_schema where name = 'by_id'");
        database().execute("pragma writable_schema = on", "delete from sqlite_schema where name = 'by_id'");
        database().execute("insert into notes values (2, 'two')");
        database()
                .execute(
                        "pragma writable_schema = on",
                        "insert into sqlite_schema values ('index', 'by_id', 'notes', " + root
                                + ", 'create index by_id on notes (id)')");
    }

    @Test
    void a_backup_that_has_other_rows_is_found_out_and_nothing_is_changed() throws SQLException {
        atRevisionOne();
        leaveRowOutOfIndex();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        var result = terminal.upgrade("--backup-verify=restore");

        fails(result, Code.BackupFailed, "sqlite:");
        assertThat(result.err()).contains("it lacks rows of notes: 1; has rows of notes: 2");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        assertThat(terminal.backups()).isEmptyDirectory();
    }

    @Test
    void looking_creates_no_file() {
        terminal.script("V1__init.sql", INIT);

        succeeds(terminal.show("plan"));
        terminal.await("1", "1ms");

        assertThat(folder.resolve("app.db")).doesNotExist();
    }
}
