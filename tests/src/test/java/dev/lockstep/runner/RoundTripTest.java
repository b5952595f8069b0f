package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.CuttingProxy;
import dev.lockstep.server.Login;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pod's start costs where there is nothing to do: one connection, and few questions.
final class RoundTripTest {
    private static final int MOST = 3;

    @TempDir
    Path folder;

    private final PostgresServer server = PostgresServer.start(18);
    private final Bed.Postgresql bed = new Bed.Postgresql(server, server.fresh());

    @BeforeEach
    void settle() {
        var terminal = new Terminal(bed, folder).script("V1__init.sql", Workplace.INIT);
        Workplace.succeeds(terminal.upgrade());
    }

    private record Cost(int connections, int requests) {}

    private Cost of(Login who, String... words) throws IOException {
        try (var proxy = new CuttingProxy(server.port(), 0, false)) {
            var all = Stream.concat(
                            Stream.of(words),
                            Stream.of(
                                    "--database=postgresql://" + who.user() + "@localhost:" + proxy.port() + "/"
                                            + bed.database().name(),
                                    "--tls=disable",
                                    "--password-from-environment=" + who.password()))
                    .toList();
            Workplace.succeeds(Terminal.type(new Stop(), all));
            return new Cost(proxy.connections(), proxy.requests());
        }
    }

    @Test
    void a_migrate_that_finds_nothing_to_do_asks_little() throws IOException {
        var cost =
                of(bed.database().owner(), "migrate", "--backup=never", "--migrations=" + folder.resolve("migrations"));

        assertThat(cost.connections()).isEqualTo(1);
        assertThat(cost.requests()).isLessThanOrEqualTo(MOST);
    }

    /// As the application's role, which owns nothing.
    @Test
    void an_await_that_finds_its_revision_asks_little() throws IOException {
        var cost = of(bed.database().app(), "await", "--revision=1");

        assertThat(cost.connections()).isEqualTo(1);
        assertThat(cost.requests()).isLessThanOrEqualTo(MOST);
    }

    /// Thousands of pods may wait for one database, and a pod shall not wait long for what is there. Each question has
    /// a
    /// connection of its own.
    @Test
    void an_await_asks_about_once_a_second_and_not_more_often() throws IOException {
        long begun = System.nanoTime();
        try (var proxy = new CuttingProxy(server.port(), 0, false)) {
            var result = Terminal.type(
                    new Stop(),
                    Stream.concat(
                                    Stream.of("await", "--revision=2", "--timeout=6s"),
                                    bed.through(proxy.port()).stream())
                            .toList());

            assertThat(result.exit()).isEqualTo(Code.Behind.exit());
            var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            assertThat(proxy.connections()).isBetween(3, (int) seconds + 1);
        }
    }
}
