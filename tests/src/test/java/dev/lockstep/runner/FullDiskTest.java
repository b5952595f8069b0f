package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A disk of 64 KiB, which only root can mount.
final class FullDiskTest extends Workplace {
    private Path disk = Path.of("/nowhere");

    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        assumeTrue(mounted, "SKIPPED: no disk could be mounted, so nothing is known about full ones");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private void backupFindsNoSpace(String rows) throws SQLException {
        atRevisionOne();
        database().execute(rows);
        terminal.script("V2__more.sql", "alter table orders add column note text;");

        var result = terminal.upgrade("--backup=" + disk);

        fails(result, Code.Preflight, disk + ": the backup would take about ");
        assertThat(result.err()).contains("free some space or name another folder");
        assertThat(terminal.show("current").out()).isEqualTo("1\n");
        assertThat(disk).isEmptyDirectory();
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
        terminal = new Terminal(new Bed.Sqlite(disk.resolve("app.db")), folder);
        terminal.script("V1__init.sql", "create table t (b blob); insert into t values (zeroblob(1000000));");

        var result = terminal.upgrade("--backup=never");

        fails(result, Code.Preflight, "");
        assertThat(result.err()).contains("SQLITE_FULL", "the disk of " + disk.resolve("app.db") + " is full");
    }
}
