package dev.lockstep.operator;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/// The operator on a machine whose clock is wrong, by as much as `CLOCK_AHEAD` says: an ISO-8601 duration.
final class WrongClockMain {
    private WrongClockMain() {}

    public static void main(String[] args) throws IOException {
        var wrong = Clock.offset(Clock.systemUTC(), Duration.parse(System.getenv("CLOCK_AHEAD")));
        new Parts(Settings.of(System.getenv(), "wrong"), wrong, () -> System.exit(1)).start();
    }
}
