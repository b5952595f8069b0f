package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.FaultProxy;
import dev.lockstep.server.FaultProxy.Harm;
import dev.lockstep.server.PostgresServer;
import dev.lockstep.server.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What befalls a run on PostgreSQL, and when: each pair ends as the matrix says, the next run finishes, and everything
/// was done once. `docs/reference/faults.md` is written from this. With `-Dlockstep.faults=true` each pair is tried,
/// otherwise every fifth.
final class FaultTest {
    private static final String HEAD = """
            # What happens when something goes wrong

            Each cell was tried on PostgreSQL as a role that is no superuser: a run from revision 1 to 4, with a backup, an
            effect that counts how often it is made, and an index built concurrently. Whatever the cell says, the next
            `lockstep upgrade` ends with 0, each effect was made once, the index is valid, the histories are whole, no lock
            and no half-written backup is left. Written from `FaultTest.whatever_befalls_a_run_the_next_one_finishes`.

            A connection whose other end is gone without a word, as with a machine that loses its power or a firewall that
            forgets, cannot be told from a long statement by waiting. The runner's kernel asks after 30 s of silence, then three
            times, 10 s apart; after a minute without an answer it is a ConnectionLost like that of a connection that is cut
            (`KeepAliveTest.a_silent_server_is_asked_after_half_a_minute`). A message that is on its way when the other
            end goes is sent again for as long as the system says, on Linux about a quarter of an hour (`net.ipv4.tcp_retries2`).

            """;

    private static final Path PAGE = Repository.root().resolve("docs/reference/faults.md");
    private static final List<String> STATE = List.of(
            "select what || ' ' || times from effects order by 1",
            "select script || ' ' || success from flyway_schema_history order by script",
            "select version || ' ' || state from lockstep_schema order by 1",
            "select indexrelid::regclass || ' ' || indisvalid from pg_index i join pg_class c on c.oid = i.indrelid"
                    + " where c.relname = 'effects' order by 1",
            "select count(*) from pg_locks where locktype = 'advisory' and database ="
                    + " (select oid from pg_database where datname = current_database())");

    private static final int SAMPLED = 5;

    @TempDir
    Path folder;

    enum When {
        before_the_lock("before the lock is taken", "pg_try_advisory_lock", false),
        after_the_backup("the backup is taken, nothing is changed yet", "('2', 1)", false),
        in_a_statement("in the middle of a statement", "pg_sleep(1)", true),
        between_scripts("one script is applied, the next begins", "index concurrently", false),
        done_unrecorded("a statement outside a transaction is done, and not recorded yet", "index concurrently", true),
        all_applied("everything is applied, the run has not ended", "is INVALID", false);

        private final String words;
        private final String text;
        private final boolean afterwards;

        When(String words, String text, boolean afterwards) {
            this.words = words;
            this.text = text;
            this.afterwards = afterwards;
        }

        FaultProxy.Moment moment() {
            return new FaultProxy.Moment(text, afterwards);
        }
    }

    enum What {
        cut("the connection is cut", Optional.of(Code.ConnectionLost)),
        terminated("`pg_terminate_backend`", Optional.of(Code.ConnectionLost)),
        restarted("the server crashes and starts again", Optional.of(Code.ConnectionLost)),
        stopped("SIGTERM", Optional.of(Code.Terminated)),
        stalled("the network stands still for two seconds", Optional.empty()),
        slowed("each message takes 20 ms longer", Optional.empty());

        private final String words;
        private final Optional<Code> end;

        What(String words, Optional<Code> end) {
            this.words = words;
            this.end = end;
        }
    }

    record Cell(What what, When when) {
        /// A stop that comes when all is done has nothing to stop.
        Optional<Code> end() {
            return what == What.stopped && when == When.all_applied ? Optional.empty() : what.end;
        }
    }

    static Stream<Cell> cells() {
        var all = Arrays.stream(What.values())
                .flatMap(what -> Arrays.stream(When.values()).map(when -> new Cell(what, when)))
                .toList();
        int step = Boolean.getBoolean("lockstep.faults") ? 1 : SAMPLED;
        return IntStream.range(0, all.size()).filter(n -> n % step == 0).mapToObj(all::get);
    }

    private static String effect(String name) {
        return "insert into effects values ('" + name
                + "', 1) on conflict (what) do update set times = effects.times + 1;\n";
    }

    private Terminal begun(PostgresServer server) throws SQLException {
        var terminal = new Terminal(new Bed.Postgresql(server, server.fresh()), folder)
                .script("V1__init.sql", "create table effects (what text primary key, times integer);");
        Workplace.succeeds(terminal.upgrade());
        flush(terminal.bed());
        return terminal.script("V2__first.sql", effect("2") + "select pg_sleep(1);")
                .script("V3__index.sql", "create index concurrently by_times on effects (times);")
                .script("V4__last.sql", effect("4"));
    }

    /// The tests' servers answer before a commit is on the disk.
    private static void flush(Bed bed) throws SQLException {
        bed.execute("set synchronous_commit = on", "create table flushed ()", "drop table flushed");
    }

    private Harm harm(What what, PostgresServer server, Terminal terminal, Stop stop) {
        return switch (what) {
            case cut -> new Harm.Cut();
            case terminated -> new Harm.Deed(() -> terminate(terminal));
            case restarted -> new Harm.Deed(server::crash);
            case stopped -> new Harm.Deed(() -> stop.ask(Code.Terminated));
            case stalled -> new Harm.Stall(Duration.ofSeconds(2));
            case slowed -> new Harm.Slow(Duration.ofMillis(20));
        };
    }

    private static void terminate(Terminal terminal) {
        try {
            terminal.bed()
                    .execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and application_name like 'lockstep/cli%'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertFirst(Cell cell, PostgresServer server, Terminal terminal) throws IOException {
        var stop = new Stop();
        try (var proxy =
                new FaultProxy(server.port(), cell.when().moment(), harm(cell.what(), server, terminal, stop))) {
            var first = Terminal.type(stop, upgrade(terminal, proxy.port()));

            assertThat(proxy.isDone()).isTrue();
            assertThat(first.exit())
                    .as(first.all())
                    .isEqualTo(cell.end().map(Code::exit).orElse(0));
        }
    }

    private static List<String> upgrade(Terminal terminal, int port) {
        var database = ((Bed.Postgresql) terminal.bed()).database();
        var owner = database.owner();
        return List.of(
                "upgrade",
                "--yes",
                "--backup=" + terminal.backups(),
                "--pg-bin=" + Terminal.tools(),
                "--migrations=" + terminal.migrations(),
                "--database=postgresql://" + owner.user() + "@localhost:" + port + "/" + database.name(),
                "--tls=disable",
                "--password-from-environment=" + owner.password());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatever_befalls_a_run_the_next_one_finishes(Cell cell) throws IOException, SQLException {
        var server = cell.what() == What.restarted ? PostgresServer.mortal() : PostgresServer.start(18);
        var terminal = begun(server);
        assertFirst(cell, server, terminal);
        server.awaitReady();

        var second = terminal.upgrade();

        Workplace.succeeds(second);
        assertThat(state(terminal.bed()))
                .containsExactly(
                        "2 1",
                        "4 1",
                        "V1__init.sql true",
                        "V2__first.sql true",
                        "V3__index.sql true",
                        "V4__last.sql true",
                        "1 applied",
                        "2 applied",
                        "3 applied",
                        "4 applied",
                        "by_times true",
                        "effects_pkey true",
                        "0");
        try (var files = Files.list(terminal.backups())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.contains(".part")))
                    .isEmpty();
        }
    }

    private static List<String> state(Bed bed) throws SQLException {
        var all = new ArrayList<String>();
        for (var sql : STATE) {
            all.addAll(bed.column(sql));
        }
        return all;
    }

    @Test
    void the_page_says_what_is_tried() throws IOException {
        var rows = Arrays.stream(When.values())
                .map(when -> "| " + when.words + " | "
                        + Arrays.stream(What.values())
                                .map(what -> new Cell(what, when)
                                        .end()
                                        .map(Code::name)
                                        .orElse("goes on"))
                                .collect(Collectors.joining(" | "))
                        + " |")
                .collect(Collectors.joining("\n"));
        var columns = Arrays.stream(What.values()).map(what -> what.words).collect(Collectors.joining(" | "));
        var page =
                HEAD + "| when | " + columns + " |\n" + "|---".repeat(What.values().length + 1) + "|\n" + rows + "\n";

        if (System.getProperty("lockstep.golden", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
