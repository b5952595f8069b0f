package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Processes that are killed with SIGKILL at a moment that a seed picks, between their first word and their end: the
/// next run finishes, nothing was done twice or left out, and no change was made before there was a whole backup.
///
/// `-Dlockstep.kills=N` kills N of them, `-Dlockstep.seed=N` begins at another seed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KillTest {
    private static final int KILLS = Integer.getInteger("lockstep.kills", 25);
    private static final int SEED = Integer.getInteger("lockstep.seed", 1);

    /// 128 and the number of SIGKILL.
    private static final int KILLED = 137;

    @TempDir
    static Path folder;

    private final Map<Kind, Measure> measures = new EnumMap<>(Kind.class);
    private int databases;

    enum Kind {
        postgresql,
        sqlite
    }

    /// What an unharmed run takes from its first word on, and comes to.
    private record Measure(Duration took, List<String> state) {}

    record Kill(Kind kind, int seed) {}

    static Stream<Kill> kills() {
        return IntStream.range(SEED, SEED + KILLS)
                .mapToObj(seed -> new Kill(Kind.values()[seed % Kind.values().length], seed));
    }

    private static Corpus corpus(Kind kind) {
        return switch (kind) {
            case postgresql -> Corpus.POSTGRESQL;
            case sqlite -> Corpus.SQLITE;
        };
    }

    /// At the first revision, so that there is something to save.
    private Terminal begun(Kind kind) throws SQLException {
        var home = folder.resolve("place" + databases++);
        var bed = switch (kind) {
            case postgresql -> Bed.postgresql(18);
            case sqlite -> new Bed.Sqlite(home.resolve("app.db"));
        };
        var terminal = new Terminal(bed, home);
        corpus(kind).into(terminal);
        Workplace.succeeds(terminal.upgrade("1", "--backup=never"));
        return terminal;
    }

    private Process start(Terminal terminal, Path log) throws IOException {
        var process = terminal.start(
                log, "upgrade", "--yes", "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools());
        while (process.isAlive() && Files.size(log) == 0) {
            Pause.briefly();
        }
        return process;
    }

    private Measure measured(Kind kind) throws IOException, InterruptedException, SQLException {
        if (!measures.containsKey(kind)) {
            var terminal = begun(kind);
            var log = folder.resolve(kind + ".log");
            var process = start(terminal, log);
            long begun = System.nanoTime();
            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
            var took = Duration.ofNanos(System.nanoTime() - begun);
            measures.put(kind, new Measure(took, corpus(kind).state(terminal.bed())));
        }
        return measures.get(kind);
    }

    @ParameterizedTest
    @MethodSource("kills")
    void a_run_that_is_killed_at_any_moment_is_finished_by_the_next(Kill kill) throws Exception {
        var measure = measured(kill.kind());
        var terminal = killed(kill, measure);

        if (corpus(kill.kind()).isChanged(terminal.bed())) {
            assertThat(Saved.whole(terminal)).isNotEmpty();
        }
        var second = finished(terminal, kill.kind());
        assertThat(second.exit()).as(second.all()).isZero();
        assertThat(corpus(kill.kind()).state(terminal.bed())).isEqualTo(measure.state());
        Saved.assertNoHalf(terminal);
    }

    /// One that has ended before it was to be killed is none: another is, by the time that this one took, and so are
    /// those that follow.
    private Terminal killed(Kill kill, Measure measure) throws SQLException, IOException, InterruptedException {
        double share = new Random(kill.seed()).nextDouble();
        for (var took = measure.took(); ; ) {
            var terminal = begun(kill.kind());
            var process = start(terminal, folder.resolve("killed" + databases + ".log"));
            long begun = System.nanoTime();
            boolean ended = process.waitFor(Duration.ofNanos((long) (took.toNanos() * share)));
            if (!ended && process.destroyForcibly().waitFor() == KILLED) return terminal;
            took = Duration.ofNanos(System.nanoTime() - begun);
            measures.put(kill.kind(), new Measure(took, measure.state()));
        }
    }

    private static Terminal.Result finished(Terminal terminal, Kind kind) throws SQLException {
        var second = terminal.upgrade("--yes");
        if (second.exit() != Code.Uncertain.exit()) {
            return second;
        }
        assertThat(second.err()).contains("Uncertain: " + corpus(kind).alone() + ":1: ");
        boolean done = corpus(kind).isDone(terminal.bed());
        Workplace.succeeds(terminal.show("repair", done ? "--done=11" : "--undone=11"));
        return terminal.upgrade("--yes");
    }
}
