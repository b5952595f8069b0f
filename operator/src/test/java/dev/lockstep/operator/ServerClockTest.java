package dev.lockstep.operator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerClockTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "'Fri, 27 Nov 2026 13:00:00 GMT', PT1H",
        "'Fri, 27 Nov 2026 11:00:00 GMT', PT-1H",
        "'Fri, 27 Nov 2026 11:59:59 GMT', PT0S",
        "'Fri, 27 Nov 2026 12:00:01 GMT', PT0S",
        "at noon, PT0S",
    })
    void it_is_what_the_answers_say(String date, Duration ahead) throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> answer(server, date));
        var clock = new ServerClock(Clock.fixed(NOON, ZoneOffset.UTC));
        var config = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:" + server.getLocalPort())
                .build();
        try (server;
                var client = new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientBuilderConsumer(it -> it.addOrReplaceInterceptor("time", clock))
                        .build()) {
            assertThat(clock.instant()).isEqualTo(NOON);

            client.raw("/version");

            assertThat(clock.instant()).isEqualTo(NOON.plus(ahead));
        }
    }

    /// The JDK's own server would tell the right time.
    private static void answer(ServerSocket server, String date) {
        try (var client = server.accept()) {
            client.getInputStream().read(new byte[1 << 14]);
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(date)
                            .getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
