package dev.lockstep.runner;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The process: reads the surroundings once, runs one verb, says how it ended.
public final class Main {
    /// Below the Job's grace of 60 s, so that the Report is written before the kubelet kills.
    private static final Duration GRACE = Duration.ofSeconds(50);

    private Main() {}

    public static void main(String[] arguments) {
        var stop = new Stop();
        var finished = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> terminate(stop, finished)));
        var world = world(stop, Path.of("/"));
        int status = Code.Defect.exit();
        try {
            status = Cli.run(world, arguments);
        } catch (StackOverflowError | OutOfMemoryError defect) {
            defect.printStackTrace(world.err());
        } finally {
            world.out().flush();
            finished.countDown();
        }
        System.exit(status);
    }

    /// What this process is in.
    static World world(Stop stop, Path root) {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return new World(
                printing(System.out),
                printing(System.err),
                InstantSource.system(),
                new SecureRandom(),
                stop,
                root,
                terminal);
    }

    private static PrintStream printing(PrintStream stream) {
        return new PrintStream(new Printable(stream), true, stream.charset());
    }

    /// After SIGTERM: the statement at work is cancelled, the run rolls back and reports, then the process ends
    /// with
    /// 143.
    private static void terminate(Stop stop, CountDownLatch finished) {
        stop.ask(Code.Terminated);
        try {
            if (!finished.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("the run did not end in " + GRACE.toSeconds() + " s; the process ends without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
