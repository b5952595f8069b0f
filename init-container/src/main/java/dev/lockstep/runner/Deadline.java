package dev.lockstep.runner;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.time.Duration;

/// Ends a run that takes too long, before the Job would be killed without a Report.
final class Deadline {
    private Deadline() {}

    static void start(Duration after, Stop stop) {
        Thread.ofPlatform().daemon().name("deadline").start(() -> {
            try {
                Thread.sleep(after);
                stop.ask(Code.DeadlineExceeded);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
