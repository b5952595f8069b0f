package dev.lockstep.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Is right until somebody sets it.
public final class WrongClock implements InstantSource {
    private volatile Duration error = Duration.ZERO;

    public void set(Duration by) {
        error = by;
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(error);
    }
}
