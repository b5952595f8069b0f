package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.PostgresClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What comes out of a backup of PostgreSQL, and what becomes of one whose run dies.
abstract class PostgresqlRestoreConformance extends PostgresqlBackupConformance {
    private void withEverything() throws SQLException {
        database()
                .execute(
                        "create extension citext",
                        "create type mood as enum ('sad', 'glad'); create domain positive as integer check (value > 0)",
                        "create type pair as (a integer, b mood)",
                        "create table people (id integer generated always as identity primary key, name citext, mood mood"
                                + " default 'glad', pair pair, age positive, boss integer references people,"
                                + " kind varchar(3) check (kind in ('a', 'b')))",
                        "create index on people (lower(name::text))",
                        "create function greet(mood) returns mood language sql as 'select $1'",
                        "create function stamp() returns trigger language plpgsql as 'begin return new; end'",
                        "create trigger stamped before insert on people for each row execute function stamp()",
                        "create view glad as select * from people where greet(mood) = 'glad'",
                        "create materialized view counted as select count(*) from glad",
                        "create table parts (a integer, b text) partition by list (a)",
                        "create table part1 partition of parts for values in (1)",
                        "alter table people enable row level security",
                        "create policy all_of_them on people using (true)",
                        "create sequence numbers",
                        "insert into people (name, kind, boss) values ('Ann', 'a', 1), ('Bob', 'b', 1)",
                        "insert into parts values (1, 'one')");
    }

    private List<String> definitions() throws IOException {
        var database = ((Bed.Postgresql) database()).database();
        var builder = new ProcessBuilder(
                PostgresClient.find().dump().toString(),
                "--schema-only",
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + database.owner().user(),
                database.name());
        builder.environment().put("PGPASSWORD", database.owner().password());
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line ->
                        !line.contains("restrict ") && !line.startsWith("--") && !line.contains("people_kind_check"))
                .toList();
    }

    @Test
    void what_takes_the_place_is_what_was_saved_whatever_the_schema_has() throws IOException, SQLException {
        withTable();
        withEverything();
        succeeds(backup("take"));
        var then = definitions();
        database().execute("create table newer (m mood); insert into newer values ('sad')", "drop view glad cascade");

        succeeds(backup("restore", taken(terminal), "--replace"));

        assertThat(definitions()).containsExactlyInAnyOrderElementsOf(then);
        assertThat(database().ask("select string_agg(name, ' ') from glad")).isEqualTo("Ann Bob");
        assertThat(database().ask("select b from parts")).isEqualTo("one");
        succeeds(terminal.await("1", "1ms"));
    }

    @Test
    void a_replacing_restore_that_breaks_off_changes_nothing() throws IOException, SQLException {
        withTable();
        succeeds(backup("take"));
        database().execute("insert into orders values (5, 50)");
        var tools = Files.createDirectory(folder.resolve("breaking"));
        var real = PostgresClient.find().bin();
        program(tools.resolve("psql"), "exec " + real + "/psql \"$@\"");
        program(tools.resolve("pg_dump"), "exec " + real + "/pg_dump \"$@\"");
        program(tools.resolve("pg_restore"), real + """
                /pg_restore "$@" >"$0.new" || exit
                sed '/restrict /d' "$0.new" >"$0.all" # as from before August 2025, when a half might do more in psql
                case $* in *--file=-*) head -n $(grep -n '^);' "$0.all" | head -n 1 | cut -d: -f1) "$0.all"; exit 1 ;; *) cat "$0.all" ;; esac
                """);

        var result = backup("restore", taken(terminal), "--replace", "--pg-bin=" + tools);

        fails(result, Code.RestoreFailed, "postgresql://");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("2");
    }

    @Test
    void what_depends_on_the_schema_from_outside_is_named_before_it_would_be_lost() throws IOException, SQLException {
        withTable();
        succeeds(backup("take"));
        database().execute("create schema other; create view other.rich as select * from orders");
        database().execute("create table other.line (o integer references orders)");

        var result = backup("restore", taken(terminal), "--replace");

        fails(result, Code.RestoreFailed, "postgresql://");
        assertThat(result.err()).contains("view other.rich").contains("constraint line_o_fkey on table other.line");
        assertThat(database().ask("select count(*) from other.rich")).isEqualTo("1");
    }

    @Test
    void extensions_that_are_missing_are_named_before_anything_is_restored() throws IOException, SQLException {
        withTable();
        withEverything();
        succeeds(backup("take"));
        var other = terminal.on(other());
        var words = new String[] {
            "restore", taken(terminal), "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools()
        };

        var result = other.show("backup", words);

        fails(result, Code.RestoreFailed, "postgresql://");
        assertThat(result.err()).contains("extensions that the database lacks: citext;");
        other.bed().execute("create extension citext");
        succeeds(other.show("backup", words));
    }

    @Test
    void a_narrow_backup_is_restored_beside_and_takes_nobodys_place() throws IOException, SQLException {
        withTable();
        database()
                .execute(
                        "create table items (o integer references orders, n integer); insert into items values (1, 3)");
        terminal.script("V2__lose.sql", "alter table items drop column n;");
        succeeds(terminal.upgrade("--yes", "--backup-scope=Touched"));
        var other = terminal.on(other());

        fails(backup("restore", taken(terminal), "--replace"), Code.RestoreFailed, "postgresql://");
        succeeds(other.show(
                "backup",
                "restore",
                taken(terminal),
                "--backup=" + terminal.backups(),
                "--pg-bin=" + Terminal.tools()));

        assertThat(other.bed().ask("select n from items")).isEqualTo("3");
        assertThat(other.bed().ask("select count(*) from orders")).isEqualTo("0");
    }

    @Test
    void a_backup_of_everything_is_restored_and_compared_and_nothing_of_that_stays() throws SQLException {
        allowDatabases();
        withTable();
        withEverything();
        database().execute("create schema \"Odd one\"; create table \"Odd one\".\"T\" (a citext)");
        terminal.script("V2__lose.sql", "drop table \"Odd one\".\"T\";");

        succeeds(terminal.upgrade("--yes", "--backup-verify=Restore"));

        assertThat(database().ask("select count(*) from pg_database where datname like 'lockstep_proof%'"))
                .isEqualTo("0");
    }

    @Test
    void rows_written_while_it_is_dumped_are_no_difference() throws IOException, SQLException {
        allowDatabases();
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        succeeds(terminal.upgrade("--backup-verify=Restore", "--pg-bin=" + tools("""
                for a; do case $a in --host=*|--port=*|--username=*|--dbname=*) to="$to $a" ;; esac; done
                %1$s/psql --quiet $to --command='insert into orders values (7, 70)' && exec %1$s/pg_dump "$@"
                """)));

        assertThat(database().ask("select count(*) from orders")).isEqualTo("3");
    }

    @Test
    void a_backup_that_lacks_rows_is_found_out_and_nothing_is_changed() throws IOException, SQLException {
        allowDatabases();
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        var result = terminal.upgrade(
                "--backup-verify=Restore", "--pg-bin=" + tools("exec %1$s/pg_dump --exclude-table-data=orders \"$@\""));

        fails(result, Code.BackupFailed, "postgresql://");
        assertThat(result.err()).contains("it lacks rows of \"public\".\"orders\": 1; has rows of");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        assertThat(taken(terminal)).isEqualTo("none");
        assertThat(database().ask("select count(*) from pg_database where datname like 'lockstep_proof%'"))
                .isEqualTo("0");
    }

    private Path tools(String dump) throws IOException {
        var tools = Files.createDirectory(folder.resolve("tools"));
        var real = PostgresClient.find().bin().toString();
        program(tools.resolve("psql"), "exec " + real + "/psql \"$@\"");
        program(tools.resolve("pg_restore"), "exec " + real + "/pg_restore \"$@\"");
        program(tools.resolve("pg_dump"), dump.formatted(real));
        return tools;
    }

    @Test
    void the_right_that_a_restored_proof_needs_is_named() throws SQLException {
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        var result = terminal.upgrade("--backup-verify=Restore");

        fails(result, Code.PermissionMissing, "postgresql://");
        assertThat(result.err()).contains(" CREATEDB", "verified by Decode");
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
    }

    @Tag("lengthy")
    @Test
    void what_a_killed_run_has_left_looks_like_no_backup() throws Exception {
        withTable();
        succeeds(backup("take"));
        var before = taken(terminal);
        terminal.script("V2__lose.sql", "delete from orders;");
        var slow = tools("%1$s/pg_dump \"$@\"; sleep 4");
        var run = process("upgrade", "--yes", "--backup=" + terminal.backups(), "--pg-bin=" + slow);
        for (int i = 0; i < 600 && parts() == 0; i++) {
            Thread.sleep(50);
        }

        run.destroyForcibly().waitFor();

        assertThat(parts()).isEqualTo(1);
        assertThat(taken(terminal)).isEqualTo(before);
        assertThat(backup("list").out()).hasLineCount(1);
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        succeeds(terminal.upgrade("--yes"));
        assertThat(parts()).isZero();
        assertThat(taken(terminal)).startsWith("two: ");
    }

    private long parts() throws IOException {
        try (var files = Files.list(terminal.backups())) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }
}
