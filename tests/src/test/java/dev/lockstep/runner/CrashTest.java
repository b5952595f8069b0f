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
import java.util.List;
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

    @TempDir
    static Path folder;

    private final PostgresServer server = PostgresServer.start(18);
    private List<String> expected = List.of();
    private int requests;

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
        Corpus.POSTGRESQL.into(terminal);
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
        return cuts(requests);
    }

    static Stream<Cut> cuts(int all) {
        var asked = System.getProperty("lockstep.crash", "sample");
        var wanted = switch (asked) {
            case "all" -> IntStream.rangeClosed(1, all);
            case "sample" -> IntStream.rangeClosed(1, SAMPLE).map(n -> n * all / SAMPLE);
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
        Workplace.succeeds(terminal(database).show("drift"));
    }

    /// What nobody can know but a person who looks: did the one statement outside a transaction come to its end?
    private static Terminal.Result settled(Database database, Terminal.Result uncertain) throws SQLException {
        assertThat(uncertain.err()).contains("Uncertain: " + Corpus.POSTGRESQL.alone() + ":1: ");
        boolean done = Corpus.POSTGRESQL.isDone(new Bed.Postgresql(PostgresServer.start(18), database));
        var repair = terminal(database).show("repair", done ? "--done=11" : "--undone=11");
        assertThat(repair.exit()).as(repair.all()).isZero();
        return upgrade(database, database.port());
    }

    private List<String> state(Database database) throws SQLException {
        return Corpus.POSTGRESQL.state(new Bed.Postgresql(server, database));
    }
}
