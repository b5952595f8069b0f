package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.CuttingDriver;
import dev.lockstep.server.CuttingDriver.Harm;
import dev.lockstep.server.CuttingDriver.Moment;
import dev.lockstep.server.Disk;
import dev.lockstep.server.Pause;
import dev.lockstep.server.WrongClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What befalls a run on SQLite, and when, as [FaultTest] has it for PostgreSQL.
final class SqliteFaultTest {
    private static final Duration AT_WORK = Duration.ofMillis(300);

    /// About a second.
    private static final String LONG = "update effects set times = times + 0 * (with recursive n (i) as"
            + " (select 1 union all select i + 1 from n where i < 4000000) select count(*) from n);\n";

    private static final List<String> STATE = List.of(
            "select what || ' ' || times || ' ' || length(room) from effects order by 1",
            "select script || ' ' || success from flyway_schema_history order by script",
            "select version || ' ' || state from lockstep_schema order by 1",
            "pragma integrity_check");

    @TempDir
    Path folder;

    private final Stop stop = new Stop();
    private final WrongClock clock = new WrongClock();
    private final List<Thread> beside = new CopyOnWriteArrayList<>();
    private Optional<Disk> disk = Optional.empty();

    enum When implements Faults.Words {
        before_the_lock("the history is not read yet", "filter (where name = ?)"),
        before_the_backup("the backup is about to be taken", "pragma page_count"),
        after_the_backup("the backup is taken, nothing is changed yet", "create table if not exists lockstep_schema"),
        in_a_statement("in the middle of a statement", "with recursive"),
        between_scripts("one script is applied, the next begins", "vacuum main"),
        done_unrecorded("a statement outside a transaction is done, and not recorded yet", "vacuum main"),
        all_applied("everything is applied, the run has not ended", "name = 'lockstep_journal'");

        private final String words;
        private final String text;

        When(String words, String text) {
            this.words = words;
            this.text = text;
        }

        @Override
        public String words() {
            return words;
        }
    }

    enum What implements Faults.Words {
        killed("the process dies"),
        stopped("SIGTERM"),
        full("the disk of the database is full"),
        written("another program writes for a second"),
        slowed("each call takes 20 ms longer"),
        back("the clock is set back by a day"),
        ahead("the clock is set ahead by a day");

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
        /// What is not told by one who is dead.
        Faults.End end() {
            boolean late = when == When.all_applied;
            return switch (what) {
                case killed -> new Faults.End.Silent();
                case stopped ->
                    late ? new Faults.End.WithOrGoesOn(Code.Terminated) : new Faults.End.With(Code.Terminated);
                case full -> late ? new Faults.End.GoesOn() : new Faults.End.With(Code.Preflight);
                case written, slowed, back, ahead -> new Faults.End.GoesOn();
            };
        }
    }

    static Stream<Cell> cells() {
        return Faults.sampled(What.values(), When.values(), Cell::new);
    }

    static String table() {
        return Faults.table(What.values(), When.values(), (what, when) -> new Cell(what, when).end());
    }

    @BeforeEach
    void mount() {
        disk = Disk.mount(folder.resolve("disk"), 4096);
        assumeTrue(disk.isPresent(), "SKIPPED: no disk could be mounted, so nothing is known about full ones");
    }

    @AfterEach
    void unmount() throws InterruptedException {
        for (var thread : beside) {
            thread.join();
        }
        disk.ifPresent(Disk::close);
    }

    private static String effect(String name) {
        return "insert into effects values ('" + name
                + "', 1, zeroblob(300000)) on conflict (what) do update set times = effects.times + 1;\n";
    }

    private Terminal begun(Path file) {
        var terminal = new Terminal(new Bed.Sqlite(file), folder)
                .script("V1__init.sql", "create table effects (what text primary key, times integer, room blob);");
        Workplace.succeeds(terminal.upgrade());
        return terminal.script("V2__first.sql", effect("2") + LONG)
                .script("V3__vacuum.sql", "vacuum main;")
                .script("V4__last.sql", effect("4"));
    }

    private Harm harm(What what, When when, Path file) {
        return switch (what) {
            case killed -> new Harm.Cut();
            case slowed -> new Harm.Slow(Duration.ofMillis(20));
            case stopped -> deed(when, () -> stop.ask(Code.Terminated));
            case full -> deed(when, disk.orElseThrow()::fill);
            case written -> deed(when, () -> begin(() -> write(file)));
            case back -> deed(when, () -> clock.set(Duration.ofDays(-1)));
            case ahead -> deed(when, () -> clock.set(Duration.ofDays(1)));
        };
    }

    /// In the middle of a statement is when the thread that has sent it is busy.
    private Harm deed(When when, Runnable deed) {
        return new Harm.Deed(
                when == When.in_a_statement
                        ? () -> begin(() -> {
                            Pause.of(AT_WORK);
                            deed.run();
                        })
                        : deed);
    }

    private void begin(Runnable deed) {
        beside.add(Thread.ofPlatform().start(deed));
    }

    /// Where the run has the file it is the other program that is told so.
    private static void write(Path file) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            statement.execute("begin immediate");
            Pause.of(Duration.ofSeconds(1));
            statement.execute("commit");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertFirst(Cell cell, Terminal terminal, Path file) throws SQLException {
        boolean afterwards =
                cell.when() == When.done_unrecorded || cell.when() == When.in_a_statement && cell.what() == What.killed;
        var moment = new Moment.Text(cell.when().text, afterwards);
        try (var driver = new CuttingDriver(file.toString(), moment, harm(cell.what(), cell.when(), file))) {
            var first = terminal.upgrade(clock, stop, "--yes");

            assertThat(driver.isDone()).isTrue();
            cell.end().assertIs(first);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatever_befalls_a_run_the_next_one_finishes(Cell cell) throws IOException, SQLException {
        var file = disk.orElseThrow().path().resolve("app.db");
        var terminal = begun(file);
        assertFirst(cell, terminal, file);
        disk.orElseThrow().free();

        Workplace.succeeds(terminal.upgrade());

        assertThat(state(terminal.bed()))
                .containsExactly(
                        "2 1 300000",
                        "4 1 300000",
                        "V1__init.sql 1",
                        "V2__first.sql 1",
                        "V3__vacuum.sql 1",
                        "V4__last.sql 1",
                        "1 applied",
                        "2 applied",
                        "3 applied",
                        "4 applied",
                        "ok");
        Saved.assertNoHalf(terminal);
    }

    private static List<String> state(Bed bed) throws SQLException {
        var all = new ArrayList<String>();
        for (var sql : STATE) {
            all.addAll(bed.column(sql));
        }
        return all;
    }
}
