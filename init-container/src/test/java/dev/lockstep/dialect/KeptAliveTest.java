package dev.lockstep.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What the kernel is told of a connection to a server.
@EnabledOnOs(OS.LINUX)
final class KeptAliveTest {
    @Test
    void a_server_that_is_silent_is_asked_after_half_a_minute_and_given_up_after_a_whole_one() throws IOException {
        try (var socket = new KeptAlive().createSocket()) {
            int idle = socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
            int interval = socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
            int questions = socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);

            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(idle).isEqualTo(30);
            assertThat(questions).as("one may be lost").isGreaterThan(1);
            assertThat(idle + interval * questions).isLessThanOrEqualTo(60);
        }
    }
}
