package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Flyway's projects as PostgreSQL alone has them.
abstract class FlywayPostgresqlConformance extends FlywayParserConformance {
    private static final Map<String, String> PEOPLE = Map.ofEntries(
            Map.entry("V1__types.sql", """
                        create type mood as enum ('sad', 'ok');
                        create domain money as numeric(12, 2) check (value >= 0);
                        """),
            Map.entry("V2__tables.sql", """
                        create table person (id bigint generated always as identity primary key, name text not null,
                                             m mood, b jsonb default '{}');
                        create table audit (at timestamptz not null default now(), what text);
                        comment on table person is 'people; with $$ and ''quotes''!';
                        """),
            Map.entry("V3__trigger.sql", """
                        create function audited() returns trigger language plpgsql as $$
                        begin
                          insert into audit (what) values (tg_op || ';' || coalesce(new.name, ''));
                          return new;
                        end;
                        $$;
                        create trigger audited before insert or update on person
                          for each row execute function audited();
                        """),
            Map.entry(
                    "V4__index.sql",
                    "create index concurrently person_name on person (lower(name)) where m is not null;"),
            Map.entry("V5__partition.sql", """
                        create table log (at date) partition by range (at);
                        create table log_2024 partition of log for values from ('2024-01-01') to ('2025-01-01');
                        """),
            Map.entry(
                    "V6__rows.sql",
                    "copy person (name, m) from stdin;\na;b\tok\n\\.\nselect setval('person_id_seq', 100);"),
            Map.entry("R__report.sql", "create or replace view report as select name, m from person;"),
            Map.entry("R__total.sql", """
                        create or replace function total() returns bigint language sql begin atomic
                          select count(*) from person;
                        end;
                        """),
            Map.entry("afterMigrate__grants.sql", "grant select on report to ${app};"));

    @Test
    void functions_types_triggers_and_an_index_built_concurrently() throws SQLException {
        var app = ((Bed.Postgresql) database()).database().app().user();
        var others = ((Bed.Postgresql) twins.other()).database().app().user();
        var told = twins.told(settings -> settings.placeholders(Map.of("app", others)), "--placeholder=app=" + app);
        told.scripts(PEOPLE);

        told.migrate().flywayFindsNothingToDo();

        told.script("V7__mood.sql", "alter type mood add value 'happy';")
                .script("V8__use.sql", "update person set m = 'happy';")
                .script("R__report.sql", "create or replace view report as select name, m, id from person;")
                .migrate()
                .flywayFindsNothingToDo();
        assertThat(database().ask("select name || m || total() || (select count(*) from audit) from report"))
                .isEqualTo("a;bhappy12");
    }

    @Test
    void a_schema_that_flyway_made_is_taken_over_with_its_first_row() throws SQLException, IOException {
        var told = inSchema("app").script("V1__a.sql", "create table a (x int);");
        for (var bed : List.of(database(), twins.other())) {
            told.flyway(bed).migrate();
        }
        assertThat(database().ask("select type from app.flyway_schema_history")).isEqualTo("SCHEMA");
        told.script("V2__b.sql", "create table b (x int);");

        succeeds(told.upgrade());
        told.flyway(twins.other()).migrate();

        assertThat(rows(database(), "app")).isEqualTo(rows(twins.other(), "app"));
        told.flywayFindsNothingToDo();
        assertThat(told.upgrade().out()).contains("nothing to do");
    }

    @Test
    void a_schema_that_the_project_names_is_made_as_flyway_makes_it() throws SQLException, IOException {
        var told = inSchema("App-2").script("V1__a.sql", "create table a (x int);");

        succeeds(told.upgrade());
        told.flyway(twins.other()).migrate();

        assertThat(rows(database(), "App-2"))
                .isEqualTo(rows(twins.other(), "App-2"))
                .hasSize(2);
        told.flywayFindsNothingToDo();
        var forbidden = config("flyway.defaultSchema=other\nflyway.createSchemas=false\n");
        fails(terminal.upgrade(forbidden), Code.Preflight, "postgresql://");
    }

    @Test
    void a_default_schema_is_made_as_flyway_makes_it() throws SQLException, IOException {
        var told = twins.told(settings -> settings.defaultSchema("own"), config("flyway.defaultSchema=own\n"))
                .script("V1__a.sql", "create table a (x int);");

        succeeds(told.upgrade());
        told.flyway(twins.other()).migrate();

        assertThat(rows(database(), "own"))
                .isEqualTo(rows(twins.other(), "own"))
                .hasSize(2);
        told.flywayFindsNothingToDo();
    }

    @Test
    void all_schemas_that_the_project_names_are_made_as_flyway_makes_them() throws SQLException, IOException {
        var told = twins.told(settings -> settings.schemas("one", "two"), config("flyway.schemas=one,two\n"))
                .script("V1__a.sql", "create table a (x int);")
                .script("V2__b.sql", "create table if not exists two.b (x int);");
        succeeds(told.upgrade());
        told.flyway(twins.other()).migrate();
        assertThat(rows(database(), "one"))
                .isEqualTo(rows(twins.other(), "one"))
                .hasSize(3);
        told.flywayFindsNothingToDo();

        var apart = twins.told(
                settings -> settings.schemas("three", "two").defaultSchema("four"),
                config("flyway.schemas=three,two\nflyway.defaultSchema=four\n"));
        succeeds(apart.upgrade());
        apart.flyway(twins.other()).migrate();

        assertThat(rows(database(), "four"))
                .isEqualTo(rows(twins.other(), "four"))
                .hasSize(3);
        apart.flywayFindsNothingToDo();
    }

    @Test
    void a_project_of_several_schemas_can_be_rehearsed() throws SQLException, IOException {
        var place = (Bed.Postgresql) database();
        try (var superuser = place.server().superuser();
                var statement = superuser.createStatement()) {
            statement.execute("alter role " + place.database().owner().user() + " createdb");
        }
        terminal.script("V1__a.sql", "create table a (x int); create table two.b (x int);")
                .script("U1__a.sql", "drop table two.b; drop table a;");

        var result = terminal.show("test", config("flyway.schemas=one,two\n"), "--pg-bin=" + Terminal.tools());

        succeeds(result);
        assertThat(result.out()).contains("ok     1 a: up, down, up");
    }

    private Twins inSchema(String schema) throws IOException {
        return twins.told(settings -> settings.schemas(schema), config("flyway.schemas=" + schema + "\n"));
    }

    private String config(String text) throws IOException {
        return "--flyway-config=" + Files.writeString(folder.resolve("flyway.conf"), text);
    }

    private static List<String> rows(Bed bed, String schema) throws SQLException {
        return bed.column("select concat_ws('|', installed_rank, version, description, type, script, checksum, success)"
                + " from \"" + schema + "\".flyway_schema_history order by installed_rank");
    }

    @Test
    void a_flyway_with_another_table_is_another_lock() throws SQLException {
        terminal.script("V1__a.sql", "create table a (x int);");
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            long key = 77431708279161L + "\"public\".\"versions\"".hashCode();
            statement.execute("select pg_advisory_lock(" + key + ")");

            fails(terminal.upgrade("--history-table=versions", "--lock-budget=1s"), Code.LockBusy, "postgresql://");
            succeeds(terminal.upgrade("--lock-budget=1s"));
        }
    }

    @Test
    void a_project_that_allows_it_may_mix_statements_in_a_script() throws SQLException, IOException {
        twins.told(settings -> settings.mixed(true), config("flyway.mixed=true\n"))
                .script("V1__t.sql", "create table t (x int);")
                .script("V2__both.sql", "insert into t values (1);\ncreate index concurrently by_x on t (x);")
                .migrate()
                .flywayFindsNothingToDo();
    }
}
