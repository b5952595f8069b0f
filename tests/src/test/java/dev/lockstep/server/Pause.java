package dev.lockstep.server;

import java.time.Duration;

/// Waiting between two looks at something that takes its time.
public interface Pause {
    static void briefly() {
        of(Duration.ofMillis(50));
    }

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
