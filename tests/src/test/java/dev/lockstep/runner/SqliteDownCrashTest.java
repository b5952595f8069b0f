package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The way down on SQLite, cut off at its n-th call as [SqliteCrashTest] does it on the way up.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SqliteDownCrashTest {
    private static final int SAMPLE = 4;

    @TempDir
    static Path folder;

    private List<String> expected = List.of();
    private int calls;
    private int databases;

    private Terminal atTheTop() {
        var file = folder.resolve("app" + databases++ + ".db");
        var terminal = new Terminal(new Bed.Sqlite(file), folder);
        Corpus.DOWN.into(terminal);
        Workplace.succeeds(terminal.upgrade("--backup=never"));
        return terminal;
    }

    private static Terminal.Result down(Terminal terminal) {
        return terminal.downgrade("1", "--backup=never");
    }

    @BeforeAll
    void neverCut() throws SQLException {
        var terminal = atTheTop();
        try (var driver = SqliteCrashTest.cutting(terminal, 0, false)) {
            Workplace.succeeds(down(terminal));
            calls = driver.calls();
        }
        expected = Corpus.DOWN.state(terminal.bed());
    }

    Stream<Cut> cuts() {
        return Cut.of(calls, SAMPLE);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void a_way_down_that_is_cut_anywhere_is_finished_by_the_next(Cut cut) throws SQLException {
        var terminal = atTheTop();
        try (var driver = SqliteCrashTest.cutting(terminal, cut.request(), cut.afterwards())) {
            var first = down(terminal);
            assertThat(driver.calls()).isGreaterThanOrEqualTo(cut.request());
            if (first.exit() == 0) {
                assertThat(Corpus.DOWN.state(terminal.bed())).isEqualTo(expected);
            }
        }

        Workplace.succeeds(down(terminal));

        assertThat(Corpus.DOWN.state(terminal.bed())).isEqualTo(expected);
        Workplace.succeeds(terminal.show("drift"));
    }
}
