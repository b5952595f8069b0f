package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.FaultProxy;
import dev.lockstep.server.FaultProxy.Harm;
import dev.lockstep.server.PostgresServer;
import dev.lockstep.server.WrongClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What befalls a run on PostgreSQL, and when: each pair ends as the matrix says, the next run finishes, and everything
/// was done once. [FaultPageTest] writes the page.
final class FaultTest {
    private static final List<String> STATE = List.of(
            "select what || ' ' || times from effects order by 1",
            "select script || ' ' || success from flyway_schema_history order by script",
            "select version || ' ' || state from lockstep_schema order by 1",
            "select indexrelid::regclass || ' ' || indisvalid from pg_index i join pg_class c on c.oid = i.indrelid"
                    + " where c.relname = 'effects' order by 1",
            "select count(*) from pg_locks where locktype = 'advisory' and database ="
                    + " (select oid from pg_database where datname = current_database())");

    /// What it comes to.
    static final List<String> DONE = List.of(
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

    static final Duration SILENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final Stop stop = new Stop();
    private final WrongClock clock = new WrongClock();

    enum When implements Faults.Words {
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

        @Override
        public String words() {
            return words;
        }

        FaultProxy.Moment moment() {
            return new FaultProxy.Moment(text, afterwards);
        }
    }

    enum What implements Faults.Words {
        cut("the connection is cut"),
        terminated("`pg_terminate_backend`"),
        restarted("the server crashes and starts again"),
        stopped("SIGTERM"),
        stalled("the network stands still for two seconds"),
        silenced("the network is silent for two seconds, and then both ends hear that the other is gone"),
        slowed("each message takes 20 ms longer"),
        back("the runner's clock is set back by a day"),
        ahead("the runner's clock is set ahead by a day");

        private final String words;

        What(String words) {
            this.words = words;
        }

        @Override
        public String words() {
            return words;
        }
    }

    record Cell(What what, When when) {
        /// A stop that comes when all is done has nothing to stop but the last look.
        Faults.End end() {
            return switch (what) {
                case cut, terminated, restarted, silenced -> new Faults.End.With(Code.ConnectionLost);
                case stopped ->
                    when == When.all_applied
                            ? new Faults.End.WithOrGoesOn(Code.Terminated)
                            : new Faults.End.With(Code.Terminated);
                case stalled, slowed, back, ahead -> new Faults.End.GoesOn();
            };
        }
    }

    static Stream<Cell> cells() {
        return Faults.sampled(What.values(), When.values(), Cell::new);
    }

    static String table() {
        return Faults.table(What.values(), When.values(), (what, when) -> new Cell(what, when).end());
    }

    private static String effect(String name) {
        return "insert into effects values ('" + name
                + "', 1) on conflict (what) do update set times = effects.times + 1;\n";
    }

    static Terminal begun(PostgresServer server, Path folder) throws SQLException {
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

    private Harm harm(What what, PostgresServer server, Terminal terminal) {
        return switch (what) {
            case cut -> new Harm.Cut();
            case terminated -> new Harm.Deed(() -> terminate(terminal));
            case restarted -> new Harm.Deed(server::crash);
            case stopped -> new Harm.Deed(() -> stop.ask(Code.Terminated));
            case stalled -> new Harm.Stall(SILENCE);
            case silenced -> new Harm.HalfOpen(SILENCE);
            case slowed -> new Harm.Slow(Duration.ofMillis(20));
            case back -> new Harm.Deed(() -> clock.set(Duration.ofDays(-1)));
            case ahead -> new Harm.Deed(() -> clock.set(Duration.ofDays(1)));
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
        var harm = harm(cell.what(), server, terminal);
        try (var proxy = new FaultProxy(server.port(), cell.when().moment(), harm)) {
            var first = Terminal.type(clock, stop, upgrade(terminal, proxy.port()));

            assertThat(proxy.isDone()).isTrue();
            cell.end().assertIs(first);
        }
    }

    static List<String> upgrade(Terminal terminal, int port) {
        var arguments = new ArrayList<>(List.of(
                "upgrade",
                "--yes",
                "--backup=" + terminal.backups(),
                "--pg-bin=" + Terminal.tools(),
                "--migrations=" + terminal.migrations()));
        arguments.addAll(((Bed.Postgresql) terminal.bed()).through(port));
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatever_befalls_a_run_the_next_one_finishes(Cell cell) throws IOException, SQLException {
        var server = cell.what() == What.restarted ? PostgresServer.mortal() : PostgresServer.start(18);
        var terminal = begun(server, folder);
        assertFirst(cell, server, terminal);
        server.awaitReady();

        var second = terminal.upgrade();

        Workplace.succeeds(second);
        assertThat(state(terminal.bed())).containsExactlyElementsOf(DONE);
        Saved.assertNoHalf(terminal);
    }

    /// What is met by the cancel is the question whether the index is valid, which waits here for a catalog.
    @Test
    void a_stop_that_comes_when_a_statement_is_done_leaves_word_of_it() throws IOException, SQLException {
        var server = PostgresServer.start(18);
        var terminal = begun(server, folder);
        try (var other = server.superuser(((Bed.Postgresql) terminal.bed()).database())) {
            other.setAutoCommit(false);
            Harm late = new Harm.Deed(() -> {
                lock(other);
                stop.ask(Code.Terminated);
            });
            try (var proxy =
                    new FaultProxy(server.port(), new FaultProxy.Moment("select indisvalid from", false), late)) {
                new Faults.End.With(Code.Terminated)
                        .assertIs(Terminal.type(clock, stop, upgrade(terminal, proxy.port())));
            }
            other.rollback();
        }

        Workplace.succeeds(terminal.upgrade());
    }

    private static void lock(Connection other) {
        try (var statement = other.createStatement()) {
            statement.execute("lock table pg_index in access exclusive mode");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> state(Bed bed) throws SQLException {
        var all = new ArrayList<String>();
        for (var sql : STATE) {
            all.addAll(bed.column(sql));
        }
        return all;
    }
}
