package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.CuttingDriver;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run on SQLite that is cut off at its n-th call, before the database gets it or after: the next run finishes, and
/// the database is as if nothing had been cut.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SqliteCrashTest {
    private static final int SAMPLE = 8;

    @TempDir
    static Path folder;

    private List<String> expected = List.of();
    private int calls;
    private int databases;

    private Terminal terminal() throws SQLException {
        var file = folder.resolve("app" + databases++ + ".db");
        var terminal = new Terminal(new Bed.Sqlite(file), folder);
        Corpus.SQLITE.begin(terminal);
        return terminal;
    }

    private static Terminal.Result upgrade(Terminal terminal) {
        return terminal.upgrade("--yes", "--backup=never");
    }

    @BeforeAll
    void neverCut() throws SQLException {
        var terminal = terminal();
        try (var driver = cutting(terminal, 0, false)) {
            Workplace.succeeds(upgrade(terminal));
            calls = driver.calls();
        }
        expected = Corpus.SQLITE.state(terminal.bed());
    }

    @AfterAll
    void told() {
        assertThat(calls).isPositive();
    }

    static CuttingDriver cutting(Terminal terminal, int call, boolean afterwards) throws SQLException {
        return new CuttingDriver(
                ((Bed.Sqlite) terminal.bed()).file().toString(),
                new CuttingDriver.Moment.Nth(call, afterwards),
                new CuttingDriver.Harm.Cut());
    }

    Stream<Cut> cuts() {
        return Cut.of(calls, SAMPLE);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void a_run_that_is_cut_anywhere_is_finished_by_the_next(Cut cut) throws SQLException {
        var terminal = terminal();
        try (var driver = cutting(terminal, cut.request(), cut.afterwards())) {
            var first = upgrade(terminal);
            assertThat(driver.calls()).isGreaterThanOrEqualTo(cut.request());
            if (first.exit() == 0) {
                assertThat(Corpus.SQLITE.state(terminal.bed())).isEqualTo(expected);
            }
        }

        var second = upgrade(terminal);
        if (second.exit() == Code.Uncertain.exit()) {
            assertThat(second.err()).contains("Uncertain: " + Corpus.SQLITE.alone() + ":1: ");
            boolean done = Corpus.SQLITE.isDone(terminal.bed());
            Workplace.succeeds(terminal.show("repair", done ? "--done=11" : "--undone=11"));
            second = upgrade(terminal);
        }

        assertThat(second.exit()).as(second.all()).isZero();
        assertThat(Corpus.SQLITE.state(terminal.bed())).isEqualTo(expected);
        Workplace.succeeds(terminal.show("drift"));
    }
}
