package dev.lockstep.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// The API server's time. What is waited for is counted from times that the cluster has written, and on a node whose
/// clock is an hour behind each wait would take an hour longer. Each answer of the API server says what time it has.
final class ServerClock extends Clock implements Interceptor {
    /// An answer tells whole seconds, and was under way; what differs by less is the same time.
    private static final Duration SAME = Duration.ofSeconds(2);

    private final Clock own;
    private volatile Duration ahead = Duration.ZERO;

    /// @param own of this machine; right or wrong, it goes on evenly
    ServerClock(Clock own) {
        this.own = own;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        Optional.ofNullable(response.header("Date")).flatMap(ServerClock::read).ifPresent(this::set);
    }

    private static Optional<Instant> read(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private void set(Instant theirs) {
        var by = Duration.between(own.instant(), theirs);
        ahead = by.abs().compareTo(SAME) < 0 ? Duration.ZERO : by;
    }

    @Override
    public Instant instant() {
        return own.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return own.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return own.withZone(zone);
    }
}
