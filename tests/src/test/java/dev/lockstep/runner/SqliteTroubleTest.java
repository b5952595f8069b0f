package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What may be wrong with a SQLite file and its disk, for which no script is to blame.
final class SqliteTroubleTest extends Workplace {
    @Override
    Bed bed() {
        return new Bed.Sqlite(file());
    }

    private Path file() {
        return folder.resolve("app.db");
    }

    private Terminal.Result failsBySurroundings(String script) {
        terminal.script("V2__more.sql", script);
        var result = terminal.upgrade("--backup=never");
        fails(result, Code.Preflight, "V2__more.sql:");
        assertThat(result.err()).contains(file().toString()).doesNotContain("correct the statement");
        return result;
    }

    @Test
    void a_disk_that_becomes_full_is_told_with_where_space_is_needed() {
        atRevisionOne();

        var result = failsBySurroundings("pragma max_page_count = 1;\ninsert into orders with recursive n (i) as"
                + " (select 2 union all select i + 1 from n where i < 100000) select i, i from n;");

        assertThat(result.err()).contains("SQLITE_FULL", "free space");
    }

    @Test
    void a_database_that_takes_no_writes_is_not_the_scripts_fault() {
        atRevisionOne();
        terminal.script("V2__more.sql", "pragma query_only = on;\nupdate orders set total = 1;");

        var result = terminal.upgrade("--backup=never");

        fails(result, Code.Preflight, "V2__more.sql:2: SQLITE_READONLY: " + file() + " cannot be written");
        assertThat(result.err()).contains("check the permissions");
    }

    @Test
    void a_file_that_is_no_database_is_named() throws IOException {
        terminal.script("V1__init.sql", INIT);
        Files.writeString(file(), "this is a letter to a friend and by no means a database\n".repeat(40));

        for (var result : new Terminal.Result[] {terminal.show("current"), terminal.upgrade("--backup=never")}) {
            fails(result, Code.Preflight, "sqlite:" + file());
            assertThat(result.err()).contains("SQLITE_NOTADB").contains("name the database's file");
        }
    }

    @Test
    void a_damaged_file_is_told_with_the_way_to_a_backup() throws IOException, SQLException {
        atRevisionOne();
        database().execute("create table filler (t text)", "insert into filler values (zeroblob(20000))");
        var bytes = Files.readAllBytes(file());
        int page = Integer.parseInt(database().ask("select rootpage from sqlite_schema where name = 'orders'")) - 1;
        Arrays.fill(bytes, page * 4096, page * 4096 + 4096, (byte) 0x5a);
        Files.write(file(), bytes);

        var result = failsBySurroundings("update orders set total = 1;");

        assertThat(result.err()).contains("SQLITE_CORRUPT", "lockstep backup restore");
    }

    @Test
    void a_folder_in_which_nothing_can_be_locked_is_named() throws IOException {
        terminal.script("V1__init.sql", INIT);
        Files.createDirectory(folder.resolve(".app.db.lockstep"));

        var result = terminal.upgrade("--backup=never");

        fails(result, Code.Preflight, "sqlite:" + file());
        assertThat(result.err()).contains(".app.db.lockstep cannot be written");
    }
}
