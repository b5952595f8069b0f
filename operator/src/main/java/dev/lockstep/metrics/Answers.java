package dev.lockstep.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.HttpURLConnection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How the API server answers.
final class Answers {
    private static final int UNPROCESSABLE = 422;
    private static final int THROTTLED = 429;

    private final Map<Answer, Counter> counters = new EnumMap<>(Answer.class);

    /// good: also what is said of a thing that is not there, that is there already, or whose edition is gone, for
    /// that is how the operator asks. refused: a right, a quota or a policy. throttled: too many requests. failed:
    /// anything else. none: no answer came.
    enum Answer {
        good,
        refused,
        throttled,
        failed,
        none
    }

    Answers(MeterRegistry meters) {
        for (var answer : Answer.values()) {
            var what = "Requests to the API server by how they were answered.";
            counters.put(answer, Metrics.counter(meters, "lockstep.api.requests", what, "answer", answer.name()));
        }
    }

    void count(int status) {
        count(of(status));
    }

    void countNone() {
        count(Answer.none);
    }

    private void count(Answer answer) {
        Objects.requireNonNull(counters.get(answer)).increment();
    }

    static Answer of(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_GONE ->
                Answer.good;
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN, UNPROCESSABLE -> Answer.refused;
            case THROTTLED -> Answer.throttled;
            default -> status < HttpURLConnection.HTTP_BAD_REQUEST ? Answer.good : Answer.failed;
        };
    }
}
