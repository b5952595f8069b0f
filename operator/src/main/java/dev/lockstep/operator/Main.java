package dev.lockstep.operator;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the operator. It ends by SIGTERM, or when it cannot go on.
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) throws IOException {
        var settings = Settings.of(System.getenv(), UUID.randomUUID().toString());
        var parts = new Parts(settings, Clock.systemUTC(), Main::startAnew);
        Runtime.getRuntime().addShutdownHook(new Thread(parts::stop, "stop"));
        try {
            parts.start();
        } catch (RuntimeException defect) {
            // Watches that could not begin leave threads behind that would keep the process up and idle.
            LOG.error("the operator cannot start", defect);
            System.exit(1);
        }
    }

    /// Another leads now: the kubelet starts a new process, which has nothing left over from this one. The caller's
    /// thread is one that the shutdown waits for, so it cannot be the one that exits.
    private static void startAnew() {
        Thread.ofPlatform().name("start anew").start(() -> System.exit(1));
    }
}
