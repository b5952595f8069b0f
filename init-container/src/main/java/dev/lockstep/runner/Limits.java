package dev.lockstep.runner;

import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Settings;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import dev.lockstep.script.Batch;
import dev.lockstep.script.Durations;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that bound a run of scripts.
final class Limits {
    private static final Duration TIMEOUT = Duration.ofMillis(100);

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_LOCK_TIMEOUT:-100ms}",
            description =
                    "How long one attempt waits for a table's lock, so how long an application may stall; default 100ms."
                            + " Env: LOCKSTEP_LOCK_TIMEOUT")
    private String lockTimeout = "100ms";

    @Option(
            names = "--max-replica-lag",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_MAX_REPLICA_LAG:-10s}",
            description = "A batch waits while a replica is further behind; default 10s. Env: LOCKSTEP_MAX_REPLICA_LAG")
    private String replicaLag = "10s";

    @Option(
            names = "--max-transaction-age",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_MAX_TRANSACTION_AGE:-10m}",
            description = "Nothing is built CONCURRENTLY beside an older transaction, which it would wait for; default"
                    + " 10m. Env: LOCKSTEP_MAX_TRANSACTION_AGE")
    private String transactionAge = "10m";

    @Option(
            names = "--batch-rows",
            paramLabel = "N",
            defaultValue = "${env:LOCKSTEP_BATCH_ROWS:-}",
            description =
                    "At most so many rows at once where a Batch: header says nothing of rows; default as many as take"
                            + " 75ms. Env: LOCKSTEP_BATCH_ROWS")
    private String batchRows = "";

    @Option(
            names = "--batch-pause",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_BATCH_PAUSE:-0s}",
            description = "A rest between two ranges where a Batch: header says nothing of a pause; default 0s. Env:"
                    + " LOCKSTEP_BATCH_PAUSE")
    private String batchPause = "0s";

    @Mixin
    private final Patience patience = new Patience();

    @Mixin
    private final Saves saves = new Saves();

    /// @param folder where backups go if the person did not say
    Settings settings(String run, Goal goal, Policy policy, Optional<String> folder) throws Refusal {
        return new Settings(
                run,
                goal,
                policy,
                wait("--lock-timeout", lockTimeout),
                patience.budget(),
                new Settings.Bounds(
                        duration("--max-replica-lag", replicaLag),
                        duration("--max-transaction-age", transactionAge),
                        rows(),
                        duration("--batch-pause", batchPause)),
                saves.saving(folder),
                Optional.empty());
    }

    /// Of a verb that runs no script on the database: whatever a script loses is let be.
    ///
    /// @param budget the wait for another run
    static Settings without(String run, Goal goal, Duration budget) {
        var policy = new Policy(true, Policy.Asks.never, Optional.empty(), "");
        return with(run, goal, policy, budget, Optional.empty());
    }

    /// Of a verb that has no options about locks.
    static Settings with(String run, Goal goal, Policy policy, Duration budget, Optional<Settings.Saving> saving) {
        return new Settings(run, goal, policy, TIMEOUT, budget, Settings.Bounds.USUAL, saving, Optional.empty());
    }

    /// To PostgreSQL zero is without limit.
    private static Duration wait(String option, String text) throws Refusal {
        var duration = duration(option, text);
        if (duration.isZero()) {
            throw new Refusal(Code.Usage, option, "is no time to wait: " + text, "write for example 100ms");
        }
        return duration;
    }

    private Optional<Integer> rows() throws Refusal {
        var rows = Batch.rows(batchRows);
        if (rows.isEmpty() && !batchRows.isEmpty()) {
            throw new Refusal(
                    Code.Usage, "--batch-rows", "is no number of rows: " + batchRows, "write for example 1000");
        }
        return rows;
    }

    static Duration duration(String option, String text) throws Refusal {
        var duration = Durations.parse(text);
        if (duration.isEmpty()) {
            throw new Refusal(
                    Code.Usage, option, "is not a duration up to 500h: " + text, "write for example 100ms, 5s or 10m");
        }
        return duration.get();
    }
}
