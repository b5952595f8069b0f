package dev.lockstep.runner;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Refusal;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Asks whoever sits at the terminal. The read itself hears no signal, so it waits beside and is left there.
record Question(Console console, Stop stop) {
    private static final Duration TICK = Duration.ofMillis(50);

    /// @return absent at the end of the input
    /// @throws Refusal `Terminated`, if the process is to end while nobody has answered yet
    Optional<String> ask(String prompt) throws Refusal {
        var answer = new CompletableFuture<Optional<String>>();
        Thread.ofPlatform()
                .daemon()
                .name("question")
                .start(() -> answer.complete(Optional.ofNullable(console.readLine(prompt))));
        while (!answer.isDone()) {
            stop.refuseUnanswered();
            LockSupport.parkNanos(TICK.toNanos());
        }
        return answer.join();
    }
}
