package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.handover.Code;
import dev.lockstep.server.Disk;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk of 64 KiB, which only root can mount.
final class FullDiskTest extends Workplace {
    private Optional<Disk> disk = Optional.empty();

    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    @BeforeEach
    void mount() {
        disk = Disk.mount(folder.resolve("disk"), 64);
        assumeTrue(disk.isPresent(), "SKIPPED: no disk could be mounted, so nothing is known about full ones");
    }

    @AfterEach
    void unmount() {
        disk.ifPresent(Disk::close);
    }

    private Path path() {
        return disk.orElseThrow().path();
    }

    private void backupFindsNoSpace(String rows) throws SQLException {
        atRevisionOne();
        database().execute(rows);
        terminal.script("V2__more.sql", "alter table orders add column note text;");

        var result = terminal.upgrade("--backup=" + path());

        fails(result, Code.Preflight, path() + ": the backup would take about ");
        assertThat(result.err()).contains("free some space or name another folder");
        assertThat(terminal.show("current").out()).isEqualTo("1\n");
        assertThat(path()).isEmptyDirectory();
    }

    @Test
    void a_copy_that_finds_no_space_says_how_much_it_needs() throws SQLException {
        backupFindsNoSpace("insert into orders with recursive n (i) as"
                + " (select 2 union all select i + 1 from n where i < 20000) select i, i from n");
    }

    @Test
    void a_dump_that_finds_no_space_says_where() throws SQLException {
        terminal = new Terminal(Bed.postgresql(18), folder);

        backupFindsNoSpace(
                "insert into orders select i, (random() * 1000000000)::int from generate_series(2, 50000) i");
    }

    @Test
    void a_database_that_finds_no_space_blames_no_script() {
        terminal = new Terminal(new Bed.Sqlite(path().resolve("app.db")), folder);
        terminal.script("V1__init.sql", "create table t (b blob); insert into t values (zeroblob(1000000));");

        var result = terminal.upgrade("--backup=never");

        fails(result, Code.Preflight, "");
        assertThat(result.err()).contains("SQLITE_FULL", "the disk of " + path().resolve("app.db") + " is full");
    }

    /// Of which a table of some 1.2 MB is built anew.
    private Terminal.Result altersOn(int kibibytes, String alteration, String... before) throws SQLException {
        disk.orElseThrow().resize(8000);
        var file = path().resolve("app.db");
        terminal = new Terminal(new Bed.Sqlite(file), folder);
        terminal.script("V1__init.sql", "create table t (id integer primary key, n integer, b text);");
        succeeds(terminal.upgrade("--backup=never"));
        terminal.bed().execute(before);
        terminal.bed()
                .execute("insert into t with recursive n (i) as (select 1 union all select i + 1 from n where i < 1200)"
                        + " select i, i, printf('%.980c', 'x') from n");
        terminal.script("V2__more.sql", alteration);
        disk.orElseThrow().resize(kibibytes);
        return terminal.upgrade("--backup=never", "--yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void a_table_that_has_no_room_to_be_built_anew_is_told_before_a_row_is_copied(String mode) throws SQLException {
        var result = altersOn(2200, "alter table t alter column n type text;", "pragma journal_mode = " + mode);

        var file = path().resolve("app.db");
        fails(result, Code.Preflight, "sqlite:" + file + ": table t has to be built anew, which takes about 1");
        assertThat(result.err()).contains("are free beside the database").doesNotContain("SQLITE_FULL");
        disk.orElseThrow().resize(8000);
        succeeds(terminal.upgrade("--backup=never"));
        assertThat(terminal.bed().ask("select sum(n = cast(id as text)) from t"))
                .isEqualTo("1200");
    }

    @Test
    void pages_that_are_free_in_the_file_are_room() throws SQLException {
        succeeds(altersOn(
                3200,
                "alter table t alter column n type text;",
                "create table filler (b blob)",
                "insert into filler values (zeroblob(2600000))",
                "drop table filler"));
    }

    @Test
    void a_table_that_loses_what_fills_it_needs_less_room_than_it_takes() throws SQLException {
        succeeds(altersOn(2200, "alter table t drop column b;"));
    }

    @Test
    void a_server_that_finds_no_space_for_rows_keeps_what_it_had() throws SQLException, IOException {
        var server = PostgresServer.start(18);
        var bed = new Bed.Postgresql(server, server.fresh());
        try (var small = openDisk(512)) {
            server.tablespace("small", small.path(), bed.database());
            terminal = new Terminal(bed, folder);
            filledByItsSecondScript("create table rows (n integer, text text) tablespace small;");

            var result = terminal.upgrade("--yes");

            fails(result, Code.Preflight, "V2__rows.sql:1: SQLSTATE 53100 (disk full)");
            assertThat(result.err()).contains("free space on the server's disk and run again");
            assertThat(bed.ask("select count(*) from rows")).isEqualTo("0");
            small.resize(1 << 17);
            assertSecondRunFinishes(bed);
            bed.execute("drop table rows");
            superuser(server, "drop tablespace small");
        }
    }

    /// One that others than whoever runs the tests get to.
    private Disk openDisk(int kibibytes) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return Disk.mount(folder.resolve("small"), kibibytes).orElseThrow();
    }

    private void filledByItsSecondScript(String table) {
        terminal.script("V1__init.sql", table);
        succeeds(terminal.upgrade());
        terminal.script(
                "V2__rows.sql",
                "insert into rows select n, repeat(md5(n::text), 30) from generate_series(1, 60000) n;");
    }

    private void assertSecondRunFinishes(Bed bed) throws SQLException {
        succeeds(terminal.upgrade("--yes"));
        assertThat(bed.ask("select count(*) from rows")).isEqualTo("60000");
        assertThat(bed.column("select script from flyway_schema_history where success order by 1"))
                .containsExactly("V1__init.sql", "V2__rows.sql");
    }

    private static void superuser(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_server_that_finds_no_space_for_its_log_is_gone_and_loses_nothing() throws SQLException, IOException {
        try (var small = openDisk(40 << 10)) {
            var server = PostgresServer.logging(18, small.path());
            var bed = new Bed.Postgresql(server, server.fresh());
            terminal = new Terminal(bed, folder);
            filledByItsSecondScript("create table rows (n integer, text text);");

            var result = terminal.upgrade("--yes");

            fails(result, Code.Preflight, "V2__rows.sql:1: SQLSTATE 53100 (disk full)");
            small.resize(1 << 18);
            server.crash();
            server.awaitReady();
            assertSecondRunFinishes(bed);
            server.end();
        }
    }
}
