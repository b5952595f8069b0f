package dev.lockstep.runner;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Scripts with every kind of statement there is, and questions whose answers tell what they came to: how often each
/// effect was made, too.
///
/// @param alone the one script that nobody can know the end of but a person who looks
/// @param done asks whether it came to it
record Corpus(Map<String, String> scripts, List<String> questions, String alone, String done) {
    private static final List<String> HISTORIES = List.of(
            "select what || ' ' || times from effects order by 1",
            "select total || ' ' || count(*) || ' ' || coalesce(note, '') from orders group by total, note order by 1",
            "select script || ' ' || coalesce(checksum, 0) || ' ' || success from flyway_schema_history order by script",
            "select version || ' ' || state || ' ' || phase || ' ' || floor from lockstep_schema order by 1");

    static final Corpus POSTGRESQL = new Corpus(
            new TreeMap<>(Map.ofEntries(
                    Map.entry("V01__tables.sql", """
                    create table effects (what text primary key, times integer not null default 0);
                    create table orders (id integer primary key, total integer, old text);
                    insert into orders select i, 1, 'x' from generate_series(1, 2000) i;
                    create type mood as enum ('ok');
                    """),
                    Map.entry("V02__column.sql", "alter table orders add column note text default 'n';"),
                    Map.entry("V03__effect.sql", effect("03")),
                    Map.entry("V04__index.sql", "create index concurrently by_total on orders (total);"),
                    Map.entry("V05__enum.sql", "alter type mood add value 'sad';"),
                    Map.entry("V06__vacuum.sql", "vacuum orders;"),
                    Map.entry(
                            "V07__batch.sql",
                            "-- Batch: table=orders rows=500\\nupdate orders set total = total + 1 where ${batch};"
                                    .replace("\\n", "\n")),
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
                    Map.entry("R__view.sql", "create or replace view seen as select id, total from orders;"))),
            questions(
                    "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns"
                            + " where table_schema = 'public' and table_name <> 'lockstep_objects' order by 1",
                    "select indexrelid::regclass || ' ' || indisvalid from pg_index i join pg_class c on c.oid = i.indrelid"
                            + " where c.relnamespace = 'public'::regnamespace and c.relname <> 'lockstep_objects'"
                            + " order by 1",
                    "select conname || ' ' || convalidated from pg_constraint where conrelid = 'orders'::regclass order by 1",
                    "select enumlabel from pg_enum order by 1",
                    "select count(*) from pg_locks where locktype = 'advisory' and database ="
                            + " (select oid from pg_database where datname = current_database())"),
            "V11__alone.sql",
            "select times from effects where what = '11'");

    static final Corpus SQLITE = new Corpus(
            new TreeMap<>(Map.ofEntries(
                    Map.entry("V01__tables.sql", """
                            create table effects (what text primary key, times integer not null default 0);
                            create table customers (id integer primary key, name text);
                            create table orders (id integer primary key autoincrement, total integer, old text,
                                customer integer references customers (id));
                            insert into customers values (1, 'a');
                            insert into orders (total, old, customer)
                                with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
                                select 1, 'x', 1 from n;
                            """),
                    Map.entry("V02__column.sql", "alter table orders add column note text default 'n';"),
                    Map.entry("V03__effect.sql", effect("03")),
                    Map.entry("V04__index.sql", "create index by_total on orders (total);"),
                    Map.entry("V05__type.sql", "alter table orders alter column total type bigint;\n" + effect("05")),
                    Map.entry("V06__vacuum.sql", "vacuum;"),
                    Map.entry("V07__batch.sql", """
                            -- Batch: table=orders rows=500
                            update orders set total = total + 1 where ${batch};
                            """),
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
                    "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema"
                            + " where tbl_name <> 'lockstep_objects' order by type, name",
                    "select name || ' ' || seq from sqlite_sequence order by 1",
                    "pragma integrity_check",
                    "pragma foreign_key_check"),
            "V11__alone.sql",
            "select times from effects where what = '11'");

    private static List<String> questions(String... more) {
        var all = new ArrayList<>(HISTORIES);
        all.addAll(List.of(more));
        return all;
    }

    private static String effect(String name) {
        return "insert into effects values ('" + name
                + "', 1) on conflict (what) do update set times = effects.times + 1;";
    }

    void into(Terminal terminal) {
        scripts.forEach(terminal::script);
    }

    List<String> state(Bed bed) throws SQLException {
        var all = new ArrayList<String>();
        for (var sql : questions) {
            all.addAll(bed.column(sql));
        }
        return all;
    }

    boolean isDone(Bed bed) throws SQLException {
        return bed.ask(done).equals("1");
    }
}
