package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a process that is killed or ended leaves on the server, and what becomes of that.
abstract class PostgresqlScratchConformance extends PostgresqlTruthConformance {
    private static final String SLOW = "select pg_sleep(30)";

    private List<String> scratches() throws SQLException {
        return database()
                .column("select datname from pg_database d join pg_roles r on r.oid = d.datdba where r.rolname = '"
                        + owner() + "' and datname like 'lockstep_test_%'");
    }

    /// Until a session of the owner sleeps, or none does any more.
    private void awaitSleeper(boolean sleeps) throws SQLException, InterruptedException {
        var sql = "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and usename = '" + owner() + "'";
        for (int i = 0; i < 300 && database().ask(sql).equals("0") == sleeps; i++) {
            Thread.sleep(100);
        }
    }

    private Process sleepingRehearsal() throws Exception {
        allowDatabases();
        terminal.script("V1__init.sql", INIT).script("V2__slow.sql", SLOW + ";");
        var rehearsal = process("test", "--pg-bin=" + Terminal.tools());
        awaitSleeper(true);
        return rehearsal;
    }

    @Tag("lengthy")
    @Test
    void what_a_killed_rehearsal_left_goes_with_the_next_one() throws Exception {
        sleepingRehearsal().destroyForcibly().waitFor();
        awaitSleeper(false);
        assertThat(scratches()).hasSize(1);
        database().execute("create database lockstep_test_of_a_person");
        terminal.script("V2__slow.sql", "select 1;");

        succeeds(terminal.show("test", "--pg-bin=" + Terminal.tools()));

        assertThat(scratches()).containsExactly("lockstep_test_of_a_person");
        database().execute("drop database lockstep_test_of_a_person");
    }

    @Tag("lengthy")
    @Test
    void a_rehearsal_that_is_at_work_is_left_alone_by_another() throws Exception {
        var first = sleepingRehearsal();
        terminal.script("V2__slow.sql", "select 1;");

        succeeds(terminal.show("test", "--pg-bin=" + Terminal.tools()));

        assertThat(scratches()).hasSize(1);
        first.destroy();
        first.waitFor();
    }

    /// Between two steps of its maker.
    @Tag("lengthy")
    @Test
    void a_database_that_nobody_is_in_stays_while_its_maker_is_there() throws Exception {
        sleepingRehearsal().destroyForcibly().waitFor();
        awaitSleeper(false);
        var name = scratches().getFirst();
        terminal.script("V2__slow.sql", "select 1;");
        try (var maker = database().connect();
                var statement = maker.createStatement()) {
            statement.execute("set application_name = 'lockstep/" + name + "'");

            succeeds(terminal.show("test", "--pg-bin=" + Terminal.tools()));

            assertThat(scratches()).containsExactly(name);
        }
        database().execute("drop database " + name);
    }

    @Test
    void a_rehearsal_that_is_ended_takes_its_database_with_it() throws Exception {
        var rehearsal = sleepingRehearsal();

        rehearsal.destroy();

        assertThat(rehearsal.waitFor()).isEqualTo(Code.Terminated.exit());
        assertThat(folder.resolve("process.log")).content().contains("Terminated: the rehearsal was ended");
        assertThat(scratches()).isEmpty();
    }

    @Tag("nightly")
    @Tag("lengthy")
    @Test
    void a_killed_restore_restores_nothing_and_may_be_begun_again() throws Exception {
        withTable();
        database().execute("create materialized view slow as select pg_sleep(5)::text as slept");
        succeeds(terminal.show("backup", "take", "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()));
        String name;
        try (var files = Files.list(terminal.backups())) {
            name = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".dump"))
                    .findFirst()
                    .orElseThrow();
        }
        terminal = terminal.on(other());
        var words = new String[] {"restore", name, "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()};
        var restore = process("backup", words);
        awaitSleeper(true);
        var children = restore.descendants().toList();

        restore.destroyForcibly().waitFor();

        for (var child : children) {
            child.onExit().get(10, TimeUnit.SECONDS); // the statement at work is its last
        }
        assertThat(database().ask("select count(*) from pg_tables where schemaname = 'public'"))
                .isEqualTo("0");
        succeeds(terminal.show("backup", words));
        assertThat(database().ask("select total from orders")).isEqualTo("10");
    }
}
