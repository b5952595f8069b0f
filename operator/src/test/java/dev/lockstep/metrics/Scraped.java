package dev.lockstep.metrics;

import dev.lockstep.probe.Probe;
import dev.lockstep.resource.SchemaMigration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.stream.Stream;

/// What Prometheus gets of an operator, over HTTP.
interface Scraped {
    /// Of one that knows resources in every state.
    static Exposition full() {
        return Exposition.of(text());
    }

    static String text() {
        return over(Resources.all());
    }

    /// Of one that has just begun and knows none.
    static Exposition fresh() {
        return Exposition.of(over(Stream.empty()));
    }

    private static String over(Stream<SchemaMigration> resources) {
        var there = resources.toList();
        var metrics = new Metrics("1.2.3", true, () -> true, () -> Instant.parse("2026-01-01T01:00:00Z"));
        metrics.watch(there::stream);
        try (var probe = Probe.listen(0, () -> true, metrics::scrape);
                var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + probe.port() + "/metrics");
            var request = HttpRequest.newBuilder(uri).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
