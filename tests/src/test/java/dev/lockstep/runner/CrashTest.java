package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
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

/// A run whose connections are cut at its n-th request, before the server gets it or after: the next run finishes
/// (I7), and the database is as if nothing had been cut: effects (I1), histories (I2), all that the schema defines,
/// and nothing of ours (I8). The numbers are those of `docs/reference/faults.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashTest {
    private static final int SAMPLE = 8;

    @TempDir
    static Path folder;

    private final PostgresServer server = PostgresServer.start(18);
    private List<String> expected = List.of();
    private int requests;

    @BeforeAll
    void neverCut() throws SQLException, IOException {
        var terminal = terminal();
        try (var proxy = new CuttingProxy(server.port(), 0, false)) {
            Workplace.succeeds(upgrade(terminal, proxy.port()));
            requests = proxy.requests();
        }
        expected = state(terminal);
        assertThat(requests).isPositive();
    }

    private Terminal terminal() throws SQLException {
        var terminal = new Terminal(new Bed.Postgresql(server, server.fresh()), folder);
        Corpus.POSTGRESQL.begin(terminal);
        return terminal;
    }

    private static Terminal.Result upgrade(Terminal terminal, int port) {
        return terminal.through(port, "upgrade", "--yes", "--backup=never");
    }

    private static List<String> state(Terminal terminal) throws SQLException {
        return Corpus.POSTGRESQL.state(terminal.bed());
    }

    Stream<Cut> cuts() {
        return Cut.of(requests, SAMPLE);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void a_run_that_is_cut_anywhere_is_finished_by_the_next(Cut cut) throws SQLException, IOException {
        var terminal = terminal();
        cutOff(terminal, cut);
        assertGate(terminal);

        var second = upgrade(terminal, server.port());
        if (second.exit() == Code.Uncertain.exit()) {
            second = settled(terminal, second);
        }

        Workplace.succeeds(second);
        assertThat(state(terminal)).isEqualTo(expected);
        Workplace.succeeds(terminal.show("drift"));
    }

    private void cutOff(Terminal terminal, Cut cut) throws SQLException, IOException {
        try (var proxy = new CuttingProxy(server.port(), cut.request(), cut.afterwards())) {
            var first = upgrade(terminal, proxy.port());
            if (cut.isAfterTheEnd(first, proxy.requests(), requests)) {
                assertThat(state(terminal)).isEqualTo(expected);
            }
        }
    }

    /// It is open only where the newest revision is, and nothing half done (I6).
    private static void assertGate(Terminal terminal) throws SQLException {
        if (terminal.await("18", "1ms").exit() == 0) {
            assertThat(terminal.bed().ask("select success from flyway_schema_history where version = '18'"))
                    .isEqualTo("t");
            assertThat(terminal.bed().ask("select count(*) from lockstep_schema where state = 'started'"))
                    .isEqualTo("0");
        }
    }

    /// What nobody can know but a person who looks: did the one statement outside a transaction come to its end?
    private Terminal.Result settled(Terminal terminal, Terminal.Result uncertain) throws SQLException {
        assertThat(uncertain.err()).contains("Uncertain: " + Corpus.POSTGRESQL.alone() + ":1: ");
        boolean done = Corpus.POSTGRESQL.isDone(terminal.bed());
        Workplace.succeeds(terminal.show("repair", done ? "--done=11" : "--undone=11"));
        return upgrade(terminal, server.port());
    }
}
