package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.PostgresClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a backup of PostgreSQL has in it.
abstract class PostgresqlBackupConformance extends PostgresqlTroubleConformance {

    /// The only backup there is.
    static String taken(Terminal terminal) throws IOException {
        try (var files = Files.list(terminal.backups())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".dump"))
                    .reduce((one, two) -> "two: " + one + " " + two)
                    .orElse("none");
        }
    }

    private List<String> listed() throws IOException {
        return printed("--list");
    }

    private List<String> printed(String option) throws IOException {
        var file = terminal.backups().resolve(taken(terminal)).toString();
        var process = new ProcessBuilder(PostgresClient.find().restore().toString(), option, file).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /// `lockstep backup …` on another schema of a database.
    static Terminal.Result inSchema(Bed bed, String schema, String... words) {
        var arguments = new ArrayList<>(List.of("backup"));
        arguments.addAll(List.of(words));
        arguments.addAll(bed.owner());
        arguments.replaceAll(it -> it.startsWith("--database=") ? it + "?schema=" + schema : it);
        return Terminal.type(new Stop(), arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table other.t;",
                "drop schema if exists other cascade;",
                "drop table orders, other . t;",
                "truncate other.t;",
                "alter table other.t drop column a;",
                "update other.t set a = 0;",
                "drop table other.parent cascade;",
                "drop table other.reference; delete from parents;",
                "delete from parents;",
                "do $$ begin if true then drop table other.t; end if; end $$;"
            })
    void what_is_lost_in_another_schema_is_in_the_backup(String script) throws IOException, SQLException {
        withTable();
        database().execute("create schema other; create table other.t (a integer); insert into other.t values (7)");
        database().execute("create table other.parent (a integer) partition by list (a)");
        database().execute("create table parents (id integer primary key)");
        database().execute("create table other.reference (id integer references parents on delete cascade)");
        terminal.script("V2__lose.sql", script);

        succeeds(terminal.upgrade("--yes"));

        var third = other();
        third.execute("create schema other");
        third.execute("create table parents (id integer primary key)");
        succeeds(inSchema(
                third,
                "other",
                "restore",
                taken(terminal),
                "--backup=" + terminal.backups(),
                "--pg-bin=" + Terminal.tools()));
        assertThat(third.ask("select a from other.t")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin execute 'drop ' || 'table other.t'; end $$;",
                "set search_path = other; drop table t;",
            })
    void what_does_not_say_what_it_destroys_is_told(String script) throws SQLException {
        withTable();
        database().execute("create schema other; create table other.t (a integer)");
        terminal.script("V2__lose.sql", script);

        var result = terminal.upgrade("--yes");

        assertThat(result.err()).contains("V2__lose.sql:1: its words do not tell what is destroyed");
    }

    @Test
    void a_schema_that_loses_nothing_is_left_out() throws IOException, SQLException {
        withTable();
        database().execute("create schema other; create table other.t (a integer references orders)");
        terminal.script(
                "V2__more.sql", "alter table other.t add column b integer; alter table orders drop column total;");

        succeeds(terminal.upgrade("--yes"));

        assertThat(listed())
                .anyMatch(line -> line.contains(" TABLE public orders "))
                .noneMatch(line -> line.contains(" other "));
    }

    @Test
    void a_narrow_backup_has_everybodys_definitions_and_the_rows_that_are_at_stake() throws IOException, SQLException {
        withTable();
        database()
                .execute(
                        "create table big (a text); create table pieces (o integer references orders on delete cascade)",
                        "create table parts (a integer) partition by list (a); create table one partition of parts default");
        terminal.script(
                "V2__lose.sql", "delete from orders where id = 1; delete from parts; create table new (a integer);");

        succeeds(terminal.upgrade("--yes", "--backup-scope=touched"));

        assertThat(taken(terminal)).contains(".touched-");
        assertThat(listedTables())
                .containsExactlyInAnyOrder(
                        "TABLE public big",
                        "TABLE public flyway_schema_history",
                        "TABLE public lockstep_objects",
                        "TABLE public lockstep_schema",
                        "TABLE public one",
                        "TABLE public orders",
                        "TABLE public parts",
                        "TABLE public pieces",
                        "TABLE ATTACH public one",
                        "TABLE DATA public flyway_schema_history",
                        "TABLE DATA public lockstep_objects",
                        "TABLE DATA public lockstep_schema",
                        "TABLE DATA public one",
                        "TABLE DATA public orders",
                        "TABLE DATA public pieces");
    }

    private List<String> listedTables() throws IOException {
        return listed().stream()
                .filter(line -> line.matches("\\d+; \\d+ \\d+ TABLE .*"))
                .map(line -> line.replaceFirst("^\\d+; \\d+ \\d+ ", "").replaceFirst(" \\S+$", ""))
                .toList();
    }

    @Test
    void rows_of_all_tables_are_saved_where_it_cannot_be_told_which_are_at_stake() throws IOException, SQLException {
        withTable();
        database().execute("create table big (a text)");
        terminal.script("V2__call.sql", "select pg_sleep(0);");

        var result = terminal.upgrade("--backup-scope=Touched");

        assertThat(result.err()).contains("the whole schema is saved").contains("V2__call.sql");
        assertThat(listed()).anyMatch(line -> line.contains("TABLE DATA public big"));
    }

    @Test
    void a_backup_of_less_is_none_for_a_run_that_wants_all() throws IOException {
        withTable();
        terminal.script("V2__fails.sql", "update orders set total = 2; insert into nowhere values (1);");
        fails(terminal.upgrade("--backup-scope=Touched"), Code.StatementFailed, "V2__fails.sql");

        assertThat(terminal.upgrade().out()).contains("backup taken").doesNotContain("backup found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update other.t set a = 0;", "delete from orders;"})
    void a_young_backup_is_none_for_a_run_that_loses_what_it_may_lack(String script) throws SQLException {
        withTable();
        database().execute("create schema other; create table other.t (a integer); insert into other.t values (7)");
        succeeds(backup("take"));
        terminal.script("V2__lose.sql", script);

        var result = terminal.upgrade("--yes");

        succeeds(result);
        assertThat(result.out()).contains("backup taken").doesNotContain("backup found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this build does not support compression with $1",
                "invalid value \"$1\" for option -Z/--compress"
            })
    void a_pg_dump_that_lacks_the_fast_compressions_uses_one_that_it_has(String word) throws IOException {
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");
        var tools = Files.createDirectory(folder.resolve("old"));
        var real = PostgresClient.find().bin();
        program(tools.resolve("pg_restore"), "exec " + real + "/pg_restore \"$@\"");
        program(tools.resolve("pg_dump"), """
                case $* in *compress=zstd*|*compress=lz4*) echo 'pg_dump: error: %s' >&2; exit 1 ;; esac
                exec %s/pg_dump "$@"
                """.formatted(word, real));

        var result = terminal.upgrade("--pg-bin=" + tools);

        succeeds(result);
        assertThat(result.err()).isEmpty();
        assertThat(printed("--list")).anyMatch(line -> line.contains("Compression: gzip"));
    }

    @Test
    void a_database_larger_than_it_may_be_is_not_migrated() throws SQLException, IOException {
        withTable();
        database().execute("create table big as select repeat(md5(i::text), 20) from generate_series(1, 2000) i");
        terminal.script("V2__more.sql", "insert into orders values (2, 20);");

        var result = terminal.upgrade("--backup-max-size=1MiB");

        fails(result, Code.BackupTooLarge, terminal.backups().toString());
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
        assertThat(taken(terminal)).isEqualTo("none");
        succeeds(terminal.upgrade("--backup-max-size=1MiB", "--backup-scope=Touched"));
    }
}
