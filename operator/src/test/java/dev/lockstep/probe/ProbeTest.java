package dev.lockstep.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void ready_is_asked_each_time_while_live_is_always_so() throws IOException, InterruptedException {
        var ready = new AtomicBoolean();
        try (var probe = Probe.listen(0, ready::get, () -> "lockstep_runs 1\n")) {
            assertThat(status(probe, "/readyz")).isEqualTo(503);
            ready.set(true);
            assertThat(status(probe, "/readyz")).isEqualTo(200);
            assertThat(status(probe, "/livez")).isEqualTo(200);
            assertThat(status(probe, "/metrics")).isEqualTo(200);
        }
    }

    private static int status(Probe probe, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + probe.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
