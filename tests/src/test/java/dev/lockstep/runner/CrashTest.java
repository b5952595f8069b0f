package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.CuttingProxy;
import dev.lockstep.server.Database;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run whose connections are cut at its n-th request, before the server gets it or after: the next run finishes, and
/// the database is as if nothing had been cut.
///
/// With `-Dlockstep.crash=all` every n is tried, with `200-220` these; otherwise a sample, another one each time the
/// number of requests changes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashTest {
    private static final int SAMPLE = 12;
    private static final Map<String, String> SCRIPTS = new TreeMap<>(Map.ofEntries(
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
            Map.entry("V09__check.sql", "alter table orders add constraint positive check (total > 0) not valid;"),
            Map.entry("V10__proof.sql", "alter table orders validate constraint positive;"),
            Map.entry("V11__alone.sql", "-- Transaction: none\n" + effect("11")),
            Map.entry("V12__drop.sql", "alter table orders drop column old;\n" + effect("12")),
            Map.entry("V13__no_index.sql", "drop index concurrently by_total;"),
            Map.entry("V14__unique.sql", "create unique index concurrently by_id on orders (id, total);"),
            Map.entry("R__view.sql", "create or replace view seen as select id, total from orders;")));

    @TempDir
    static Path folder;

    private final PostgresServer server = PostgresServer.start(18);
    private List<String> expected = List.of();
    private int requests;

    private static String effect(String name) {
        return "insert into effects values ('" + name
                + "', 1) on conflict (what) do update set times = effects.times + 1;";
    }

    @BeforeAll
    void neverCut() throws SQLException, IOException {
        var database = server.fresh();
        try (var proxy = new CuttingProxy(database.port(), 0, false)) {
            assertThat(upgrade(database, proxy.port()).exit()).isZero();
            requests = proxy.requests();
        }
        expected = state(database);
    }

    @AfterAll
    void told() {
        assertThat(requests).isPositive();
    }

    private static Terminal terminal(Database database) {
        var terminal = new Terminal(new Bed.Postgresql(PostgresServer.start(18), database), folder);
        SCRIPTS.forEach(terminal::script);
        return terminal;
    }

    private static Terminal.Result upgrade(Database database, int port) {
        var owner = database.owner();
        return Terminal.type(
                new Stop(),
                List.of(
                        "upgrade",
                        "--yes",
                        "--backup=never",
                        "--migrations=" + terminal(database).migrations(),
                        "--database=postgresql://" + owner.user() + "@localhost:" + port + "/" + database.name(),
                        "--tls=disable",
                        "--password-from-environment=" + owner.password()));
    }

    Stream<Cut> cuts() {
        var asked = System.getProperty("lockstep.crash", "sample");
        var wanted = switch (asked) {
            case "all" -> IntStream.rangeClosed(1, requests);
            case "sample" -> IntStream.rangeClosed(1, SAMPLE).map(n -> n * requests / SAMPLE);
            default -> {
                var ends = asked.split("-", 2);
                yield IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
            }
        };
        return wanted.boxed().flatMap(n -> Stream.of(new Cut(n, false), new Cut(n, true)));
    }

    record Cut(int request, boolean afterwards) {}

    @ParameterizedTest
    @MethodSource("cuts")
    void a_run_that_is_cut_anywhere_is_finished_by_the_next(Cut cut) throws SQLException, IOException {
        var database = server.fresh();
        try (var proxy = new CuttingProxy(database.port(), cut.request(), cut.afterwards())) {
            upgrade(database, proxy.port());
        }

        var second = upgrade(database, database.port());
        if (second.exit() == Code.Uncertain.exit()) {
            second = settled(database, second);
        }

        assertThat(second.exit()).as(second.all()).isZero();
        assertThat(state(database)).isEqualTo(expected);
    }

    /// What nobody can know but a person who looks: did the one statement outside a transaction come to its end?
    private static Terminal.Result settled(Database database, Terminal.Result uncertain) throws SQLException {
        assertThat(uncertain.err()).contains("Uncertain: V11__alone.sql:1: ");
        var bed = new Bed.Postgresql(PostgresServer.start(18), database);
        boolean done = bed.ask("select times from effects where what = '11'").equals("1");
        var repair = terminal(database).show("repair", done ? "--done=11" : "--undone=11");
        assertThat(repair.exit()).as(repair.all()).isZero();
        return upgrade(database, database.port());
    }

    private List<String> state(Database database) throws SQLException {
        var bed = new Bed.Postgresql(server, database);
        var all = new ArrayList<String>();
        for (var sql : List.of(
                "select what || ' ' || times from effects order by 1",
                "select total || ' ' || count(*) || ' ' || coalesce(note, '') from orders group by total, note order by 1",
                "select script || ' ' || coalesce(checksum, 0) || ' ' || success from flyway_schema_history order by script",
                "select version || ' ' || state || ' ' || phase || ' ' || floor from lockstep_schema order by 1",
                "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns"
                        + " where table_schema = 'public' order by 1",
                "select indexrelid::regclass || ' ' || indisvalid from pg_index i join pg_class c on c.oid = i.indrelid"
                        + " where c.relnamespace = 'public'::regnamespace order by 1",
                "select conname || ' ' || convalidated from pg_constraint where conrelid = 'orders'::regclass order by 1",
                "select enumlabel from pg_enum order by 1",
                "select count(*) from pg_locks where locktype = 'advisory' and database ="
                        + " (select oid from pg_database where datname = current_database())")) {
            all.addAll(bed.column(sql));
        }
        return all;
    }
}
