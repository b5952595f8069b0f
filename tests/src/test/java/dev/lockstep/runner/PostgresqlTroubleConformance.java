package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.PostgresClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What may befall a run on PostgreSQL from outside: a kill, another migrator, a backup that is not whole.
abstract class PostgresqlTroubleConformance extends PostgresqlSessionConformance {
    @Tag("lengthy")
    @Test
    void what_a_killed_run_was_doing_does_not_happen_after_its_death() throws Exception {
        withTable();
        terminal.script(
                "V2__slow.sql",
                "-- Transaction: none\nupdate orders set total = total + 1 where pg_sleep(4) is not null;");
        var run = process("upgrade", "--backup=never");
        awaitSleep("1");

        run.destroyForcibly().waitFor();

        awaitSleep("0");
        assertThat(database().ask("select total from orders")).isEqualTo("10");
        fails(terminal.upgrade("--backup=never"), Code.Uncertain, "V2__slow.sql:1: ");
    }

    @Test
    void the_gate_answers_a_role_that_was_granted_nothing() throws SQLException {
        var database = ((Bed.Postgresql) database()).database();
        database()
                .execute("alter default privileges for role " + database.owner().user()
                        + " revoke select on tables from " + database.app().user());
        withTable();

        succeeds(terminal.await("1", "1ms"));
    }

    private void awaitSleep(String count) throws SQLException, InterruptedException {
        var sql = "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()";
        for (int i = 0; i < 300 && !database().ask(sql).equals(count); i++) {
            Thread.sleep(100);
        }
    }

    @Test
    void half_a_dump_is_no_backup() throws IOException, SQLException {
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        var result = terminal.upgrade("--pg-bin=" + cuttingTools());

        fails(result, Code.BackupFailed, "postgresql://");
        assertThat(result.err()).contains("cannot be read back");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        try (var left = Files.list(terminal.backups())) {
            assertThat(left).isEmpty();
        }
    }

    @Tag("lengthy")
    @Test
    void the_way_down_waits_for_a_run_that_is_on_its_way_up() throws Exception {
        withTable();
        terminal.script("V2__slow.sql", "alter table orders add column slow text; select pg_sleep(3);")
                .script("U2__slow.sql", "alter table orders drop column slow;");
        var run = process("upgrade", "--backup=never");
        awaitSleep("1");

        var down = terminal.downgrade("1", "--backup=never");

        assertThat(run.waitFor()).isZero();
        succeeds(down);
        assertThat(down.out()).contains("at revision 1, 1 taken back");
        assertThat(terminal.show("current").out()).isEqualTo("1\n");
    }

    @Test
    void what_is_lost_by_a_drop_is_in_the_backup_and_goes_back_into_its_own_schema_only()
            throws IOException, SQLException {
        withTable();
        succeeds(terminal.show("backup", "take", "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()));
        database().execute("insert into orders values (77, 7)");
        terminal.script("V2__drop.sql", "drop table orders;");
        var dropped = terminal.upgrade("--yes");
        succeeds(dropped);
        assertThat(dropped.out()).contains("backup taken");
        var name = dropped.out().replaceFirst("(?s).*backup taken +(\\S+),.*", "$1");
        var other = terminal.on(other());
        var from = new String[] {"restore", name, "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()};

        succeeds(other.show("backup", from));

        assertThat(other.bed().ask("select total from orders where id = 77")).isEqualTo("7");
        var third = terminal.on(other());
        third.bed().execute("create schema elsewhere");
        var arguments = new ArrayList<>(List.of("backup"));
        arguments.addAll(List.of(from));
        arguments.addAll(((Bed.Postgresql) third.bed()).owner());
        arguments.replaceAll(it -> it.startsWith("--database=") ? it + "?schema=elsewhere" : it);
        fails(Terminal.type(new Stop(), arguments), Code.RestoreFailed, "postgresql://");
    }

    @Test
    void a_restore_whose_script_breaks_off_restores_nothing() throws IOException, SQLException {
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");
        succeeds(terminal.upgrade());
        var tools = Files.createDirectory(folder.resolve("breaking"));
        var real = PostgresClient.find().bin();
        program(tools.resolve("psql"), "exec " + real + "/psql \"$@\"");
        program(tools.resolve("pg_restore"), real + """
                /pg_restore "$@" >"$0.all" || exit
                last=$(grep -n '^);' "$0.all" | head -n 1 | cut -d: -f1)
                case $* in *--file=-*) head -n $last "$0.all" | grep -v '^.restrict '; exit 1 ;; esac
                """);
        var other = terminal.on(other());
        try (var files = Files.list(terminal.backups())) {
            var name = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".dump"))
                    .findFirst()
                    .orElseThrow();

            var result = other.show("backup", "restore", name, "--backup=" + terminal.backups(), "--pg-bin=" + tools);

            fails(result, Code.RestoreFailed, "postgresql://");
            assertThat(result.err()).contains("pg_restore failed, and nothing was restored");
            assertThat(other.bed().ask("select count(*) from pg_tables where schemaname = 'public'"))
                    .isEqualTo("0");
        }
    }

    /// The real tools, but for the last bytes of a dump.
    private File cuttingTools() throws IOException {
        var tools = Files.createDirectory(folder.resolve("tools"));
        var real = PostgresClient.find().bin();
        program(tools.resolve("pg_restore"), "exec " + real + "/pg_restore \"$@\"");
        program(tools.resolve("pg_dump"), real + """
                /pg_dump "$@" || exit
                for argument; do case $argument in --file=*) file=${argument#--file=} ;; esac; done
                truncate -s -20 "$file"
                """);
        return tools.toFile();
    }

    static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_flyway_that_runs_at_the_same_time_does_nothing_twice() throws SQLException, InterruptedException {
        withTable();
        for (int i = 2; i < 8; i++) {
            terminal.script("V" + i + "__count.sql", "update orders set total = total + 1; select pg_sleep(0.2);");
        }

        var flyway = CompletableFuture.runAsync(
                () -> database().flyway(terminal.migrations()).migrate());
        awaitSleep("1");
        var result = terminal.migrate("--backup=never");

        flyway.join();
        succeeds(result);
        assertThat(result.all()).as("they met").contains("another migration");
        assertThat(database().ask("select total from orders")).isEqualTo("16");
        assertThat(database().ask("select count(*) from flyway_schema_history")).isEqualTo("7");
    }

    private static final String OPEN = "alter table orders add constraint k check (total > 0) not valid;";
    private static final String VALIDATE = "alter table orders validate constraint k;";

    @Test
    void what_is_not_whole_after_the_run_fails_it() {
        withTable();
        terminal.script("V2__open.sql", OPEN)
                .script("V3__close.sql", VALIDATE)
                .script("afterEachMigrate.sql", "alter table orders drop constraint if exists k;" + OPEN);

        fails(terminal.upgrade("--yes"), Code.StatementFailed, "postgresql://");
        assertThat(terminal.show("current").out()).isEqualTo("3 (head)\n");
    }

    @Test
    void what_a_later_script_opens_again_is_meant_so() {
        withTable();
        terminal.script("V2__open.sql", OPEN)
                .script("V3__close.sql", VALIDATE)
                .script("V4__open.sql", "alter table orders drop constraint k;" + OPEN);

        succeeds(terminal.upgrade("--yes"));
    }
}
