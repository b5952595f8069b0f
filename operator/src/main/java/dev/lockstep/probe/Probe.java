package dev.lockstep.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Answers `/livez`, `/readyz` and `/metrics`.
public final class Probe implements AutoCloseable {
    private final HttpServer server;

    private Probe(HttpServer server) {
        this.server = server;
    }

    /// Listens on all addresses, since the kubelet comes by the pod's.
    ///
    /// @param port 0 for any
    /// @param isReady asked at every `/readyz`
    /// @param metrics in Prometheus' text format
    public static Probe listen(int port, BooleanSupplier isReady, Supplier<String> metrics) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/livez", exchange -> answer(exchange, true, "live\n"));
        server.createContext("/readyz", exchange -> ready(exchange, isReady.getAsBoolean()));
        server.createContext("/metrics", exchange -> answer(exchange, true, metrics.get()));
        server.start();
        return new Probe(server);
    }

    private static void ready(HttpExchange exchange, boolean ready) throws IOException {
        answer(exchange, ready, ready ? "ready\n" : "not ready: no leader seen, or a watch is broken\n");
    }

    private static void answer(HttpExchange exchange, boolean good, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(
                    good ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// Where it listens.
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
