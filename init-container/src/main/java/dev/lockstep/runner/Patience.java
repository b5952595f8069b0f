package dev.lockstep.runner;

import dev.lockstep.handover.Refusal;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The option that bounds how long another run is waited for.
final class Patience {
    /// Where nobody can say otherwise.
    static final Duration BUDGET = Duration.ofMinutes(10);

    @Option(
            names = "--lock-budget",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_LOCK_BUDGET:-10m}",
            description = "How long locks are tried for, and another run is waited for; default 10m."
                    + " Env: LOCKSTEP_LOCK_BUDGET")
    private String budget = "10m";

    Duration budget() throws Refusal {
        return Limits.duration("--lock-budget", budget);
    }
}
