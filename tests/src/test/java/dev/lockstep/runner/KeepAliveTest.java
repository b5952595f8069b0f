package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A server that is gone without a word: the run asks after it soon, not after the two hours of Linux.
@EnabledOnOs(OS.LINUX)
final class KeepAliveTest extends Workplace {
    /// `st`, and `tr:tm->when` where the timer 02 is that of keep-alive, in hundredths of a second.
    private static final int STATE = 3;

    private static final int TIMER = 5;

    @Override
    Bed bed() {
        return Bed.postgresql(18);
    }

    @Test
    void a_silent_server_is_asked_after_half_a_minute() throws IOException, SQLException {
        terminal.script("V1__slow.sql", "select pg_sleep(3);");
        var run = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
        var sleeping =
                "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()";
        for (int i = 0; i < 200 && database().ask(sleeping).equals("0"); i++) {
            Pause.briefly();
        }

        int port = ((Bed.Postgresql) database()).server().port();
        var timers = timers(port);
        for (int i = 0; i < 20 && timers.isEmpty(); i++) { // until the server has acknowledged the statement
            Pause.briefly();
            timers = timers(port);
        }

        succeeds(run.join());
        assertThat(timers)
                .isNotEmpty()
                .allSatisfy(hundredths -> assertThat(hundredths).isLessThanOrEqualTo(3000));
    }

    /// Until the kernel asks, for each connection to this port that it asks after at all.
    private static List<Integer> timers(int port) throws IOException {
        var remote = String.format(Locale.ROOT, ":%04X", port);
        return Stream.concat(
                        Files.readAllLines(Path.of("/proc/self/net/tcp")).stream(),
                        Files.readAllLines(Path.of("/proc/self/net/tcp6")).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> field[2].endsWith(remote) && field[STATE].equals("01"))
                .filter(field -> field[TIMER].startsWith("02:"))
                .map(field -> Integer.parseInt(field[TIMER].substring(3), 16))
                .toList();
    }
}
