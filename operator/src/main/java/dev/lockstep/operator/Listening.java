package dev.lockstep.operator;

import dev.lockstep.metrics.Metrics;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;

/// Counts what the API server answers to any request of the process, the watches' among them.
record Listening(Metrics metrics) implements Interceptor {

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        metrics.answered(response.code());
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        metrics.unanswered();
    }
}
