package dev.lockstep.server;

/// Waiting between two looks at something that takes its time.
public interface Pause {
    static void briefly() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
