package dev.lockstep.runner;

import dev.lockstep.server.PostgresClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Scripts with every kind of statement there is, and questions whose answers tell what they came to: all that the
/// schema defines, the rows, the histories, and how often each effect was made.
///
/// Tables that a batch walks are so small, and its ranges too, that it asks as often on a slow machine as on a fast
/// one.
///
/// @param alone the one script that nobody can know the end of but a person who looks
/// @param done asks whether it came to it
record Corpus(Map<String, String> scripts, List<String> questions, String alone, String done) {
    private static final PostgresClient CLIENT = PostgresClient.find();

    private static final String BATCH = "-- Batch: table=orders rows=10\n";

    private static final String FILLING = BATCH + "update orders set kept = old where ${batch} and kept is null;";
    private static final String KEPT =
            "select coalesce(kept, 'none') || ' ' || count(*) from orders group by kept order by 1";

    private static final List<String> HISTORIES = List.of(
            "select what || ' ' || times from effects order by 1",
            "select total || ' ' || count(*) || ' ' || coalesce(note, '') from orders group by total, note order by 1",
            "select script || ' ' || coalesce(checksum, 0) || ' ' || success from flyway_schema_history order by script",
            "select version || ' ' || state || ' ' || phase || ' ' || floor from lockstep_schema order by 1");

    static final Corpus POSTGRESQL = new Corpus(
            new TreeMap<>(Map.ofEntries(
                    Map.entry("V01__tables.sql", """
                    create table effects (what text primary key, times integer not null default 0);
                    create table orders (id integer primary key, total integer, old text, kept text);
                    insert into orders select i, 1, 'x' from generate_series(1, 40) i;
                    create type mood as enum ('ok');
                    create table parts (id integer) partition by list (id);
                    create table one partition of parts for values in (1);
                    insert into parts values (1);
                    create table loose (n integer) with (fillfactor = 10);
                    insert into loose select 1 from generate_series(1, 40);
                    """),
                    Map.entry("V01.1__kept.sql", FILLING),
                    Map.entry("V02__column.sql", "alter table orders add column note text default 'n';"),
                    Map.entry("V03__effect.sql", effect("03")),
                    Map.entry("V04__index.sql", "create index concurrently by_total on orders (total);"),
                    Map.entry("V05__enum.sql", "alter type mood add value 'sad';"),
                    Map.entry("V06__vacuum.sql", "vacuum orders;"),
                    Map.entry("V07__batch.sql", BATCH + "update orders set total = total + 1 where ${batch};"),
                    Map.entry("V08__function.sql", """
                    create function twice(n integer) returns integer language plpgsql as $$
                    begin return n * 2; end $$;
                    """ + effect("08")),
                    Map.entry(
                            "V09__check.sql",
                            "alter table orders add constraint positive check (total > 0) not valid;"),
                    Map.entry("V10__proof.sql", "alter table orders validate constraint positive;"),
                    Map.entry("V11__alone.sql", "-- Transaction: none\n" + effect("11")),
                    Map.entry("V12__drop.sql", "alter table orders drop column old;\n" + effect("12")),
                    Map.entry("V13__no_index.sql", "drop index concurrently by_total;"),
                    Map.entry("V14__unique.sql", "create unique index concurrently by_id on orders (id, total);"),
                    Map.entry("V15__enum_alone.sql", "-- Transaction: none\nalter type mood add value 'glad';"),
                    Map.entry("V16__rebuilt.sql", "reindex index concurrently by_id;"),
                    Map.entry("V17__detached.sql", "alter table parts detach partition one concurrently;"),
                    Map.entry(
                            "V18__pages.sql",
                            "-- Batch: table=loose key=ctid rows=10\nupdate loose set n = n + 1 where ${batch} and n = 1;"),
                    Map.entry("R__view.sql", "create or replace view seen as select id, total from orders;"))),
            questions(
                    KEPT,
                    "select 'loose ' || n || ' ' || count(*) from loose group by n order by 1",
                    "select 'parts ' || count(*) from parts",
                    "select 'one ' || count(*) from one",
                    "select count(*) from pg_index where not indisvalid",
                    "select count(*) from pg_locks where locktype = 'advisory' and database ="
                            + " (select oid from pg_database where datname = current_database())"),
            "V11__alone.sql",
            "select times from effects where what = '11'");

    static final Corpus SQLITE = new Corpus(
            new TreeMap<>(Map.ofEntries(
                    Map.entry("V01__tables.sql", """
                            create table effects (what text primary key, times integer not null default 0);
                            create table customers (id integer primary key, name text);
                            create table orders (id integer primary key autoincrement, total integer, old text, kept text,
                                customer integer references customers (id));
                            insert into customers values (1, 'a');
                            insert into orders (total, old, customer)
                                with recursive n (i) as (select 1 union all select i + 1 from n where i < 40)
                                select 1, 'x', 1 from n;
                            """),
                    Map.entry("V01.1__kept.sql", FILLING),
                    Map.entry("V02__column.sql", "alter table orders add column note text default 'n';"),
                    Map.entry("V03__effect.sql", effect("03")),
                    Map.entry("V04__index.sql", "create index by_total on orders (total);"),
                    Map.entry("V05__type.sql", "alter table orders alter column total type bigint;\n" + effect("05")),
                    Map.entry("V06__vacuum.sql", "vacuum;"),
                    Map.entry("V07__batch.sql", BATCH + "update orders set total = total + 1 where ${batch};"),
                    Map.entry(
                            "V08__trigger.sql",
                            "create trigger seen after delete on orders begin update effects set times = times; end;\n"
                                    + effect("08")),
                    Map.entry("V09__check.sql", "alter table orders add constraint positive check (total > 0);"),
                    Map.entry("V10__required.sql", "alter table orders alter column total set not null;"),
                    Map.entry("V11__alone.sql", "-- Transaction: none\n" + effect("11")),
                    Map.entry("V12__drop.sql", "alter table orders drop column old;\n" + effect("12")),
                    Map.entry("V13__key.sql", "alter table orders drop constraint positive;"),
                    Map.entry("V14__unique.sql", "create unique index by_id on orders (id, total);"),
                    Map.entry("R__view.sql", "drop view if exists seen; create view seen as select id from orders;"))),
            questions(
                    KEPT,
                    "select name || ' ' || seq from sqlite_sequence order by 1",
                    "pragma integrity_check",
                    "pragma foreign_key_check"),
            "V11__alone.sql",
            "select times from effects where what = '11'");

    /// Down scripts, on either database: in a transaction, with a change of a table, range by range.
    static final Corpus DOWN = new Corpus(
            new TreeMap<>(Map.ofEntries(
                    Map.entry("V1__tables.sql", """
                            create table effects (what text primary key, times integer not null default 0);
                            create table orders (id integer primary key, total integer, note text);
                            insert into orders (id, total)
                                with recursive n (i) as (select 1 union all select i + 1 from n where i < 40)
                                select i, 1 from n;
                            """),
                    Map.entry("V2__batch.sql", BATCH + "update orders set total = total + 1 where ${batch};"),
                    Map.entry("U2__batch.sql", BATCH + "update orders set total = total - 1 where ${batch};"),
                    Map.entry("V3__index.sql", "create index by_total on orders (total);"),
                    Map.entry("U3__index.sql", "drop index by_total;"),
                    Map.entry("V4__memo.sql", "alter table orders add column memo text;"),
                    Map.entry("U4__memo.sql", "alter table orders drop column memo;\n" + effect("4")))),
            HISTORIES,
            "",
            "");

    private static List<String> questions(String... more) {
        var all = new ArrayList<>(HISTORIES);
        all.addAll(List.of(more));
        return all;
    }

    static String effect(String name) {
        return "insert into effects values ('" + name
                + "', 1) on conflict (what) do update set times = effects.times + 1;";
    }

    void into(Terminal terminal) {
        scripts.forEach(terminal::script);
    }

    /// As far as a run begins that changes a database which is at work: what an earlier run has filled, the application
    /// has written to since, so that it is swept before its source is dropped.
    void begin(Terminal terminal) throws SQLException {
        into(terminal);
        Workplace.succeeds(terminal.upgrade("1.1", "--backup=never"));
        terminal.bed().execute("update orders set kept = null where id = 40");
    }

    /// Whether anything of the application's has changed since the first revision.
    boolean isChanged(Bed bed) throws SQLException {
        return !bed.ask(
                        "select (select count(*) from flyway_schema_history where version is not null) || ' ' || sum(total)"
                                + " || ' ' || count(kept) from orders")
                .equals("1 40 0");
    }

    List<String> state(Bed bed) throws SQLException {
        var all = new ArrayList<>(schema(bed));
        for (var sql : questions) {
            all.addAll(bed.column(sql));
        }
        return all;
    }

    /// Without what `lockstep drift` compares with, which a run can do without and the next one to change something
    /// makes. Roles are named after their database.
    private static List<String> schema(Bed bed) throws SQLException {
        return switch (bed) {
            case Bed.Postgresql(var _, var database) ->
                CLIENT.schema(database, List.of("--exclude-table=*.lockstep_objects"))
                        .replace(database.name() + "_", "database_")
                        .lines()
                        .toList();
            case Bed.Sqlite sqlite ->
                sqlite.column("select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema"
                        + " where tbl_name <> 'lockstep_objects' order by type, name");
        };
    }

    boolean isDone(Bed bed) throws SQLException {
        return bed.ask(done).equals("1");
    }
}
