package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.CuttingProxy;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The way down, over each kind of down script, one outside of a transaction too, cut at its n-th request as
/// [CrashTest] does it on the way up.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DownCrashTest {
    private static final int SAMPLE = 4;

    @TempDir
    static Path folder;

    private final PostgresServer server = PostgresServer.start(18);
    private List<String> expected = List.of();
    private int requests;

    @BeforeAll
    void neverCut() throws SQLException, IOException {
        var terminal = atTheTop();
        try (var proxy = new CuttingProxy(server.port(), 0, false)) {
            Workplace.succeeds(down(terminal, proxy.port()));
            requests = proxy.requests();
        }
        expected = Corpus.DOWN.state(terminal.bed());
    }

    private Terminal atTheTop() {
        var terminal = new Terminal(new Bed.Postgresql(server, server.fresh()), folder);
        Corpus.DOWN.into(terminal);
        terminal.script("U3__index.sql", "drop index concurrently by_total;");
        Workplace.succeeds(terminal.upgrade("--backup=never"));
        return terminal;
    }

    private static Terminal.Result down(Terminal terminal, int port) {
        return terminal.through(port, "downgrade", "1", "--backup=never");
    }

    Stream<Cut> cuts() {
        return Cut.of(requests, SAMPLE);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void a_way_down_that_is_cut_anywhere_is_finished_by_the_next(Cut cut) throws SQLException, IOException {
        var terminal = atTheTop();
        cutOff(terminal, cut);

        Workplace.succeeds(down(terminal, server.port()));

        assertThat(Corpus.DOWN.state(terminal.bed())).isEqualTo(expected);
        Workplace.succeeds(terminal.show("drift"));
    }

    private void cutOff(Terminal terminal, Cut cut) throws SQLException, IOException {
        try (var proxy = new CuttingProxy(server.port(), cut.request(), cut.afterwards())) {
            var first = down(terminal, proxy.port());
            if (cut.isAfterTheEnd(first, proxy.requests(), requests)) {
                assertThat(Corpus.DOWN.state(terminal.bed())).isEqualTo(expected);
            }
        }
    }
}
