package dev.lockstep.runner;

import dev.lockstep.backup.Terms;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Settings;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import dev.lockstep.script.Durations;
import dev.lockstep.script.Sizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that bound a run.
final class Limits {
    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_LOCK_TIMEOUT:-100ms}",
            description =
                    "How long one attempt waits for a table's lock, so how long an application may stall; default 100ms."
                            + " Env: LOCKSTEP_LOCK_TIMEOUT")
    private String lockTimeout = "100ms";

    @Option(
            names = "--lock-budget",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_LOCK_BUDGET:-10m}",
            description = "How long a script tries to get its locks; default 10m. Env: LOCKSTEP_LOCK_BUDGET")
    private String lockBudget = "10m";

    @Option(
            names = "--backup",
            paramLabel = "DIR",
            defaultValue = "${env:LOCKSTEP_BACKUP}",
            description = "Folder for the backup taken before the first change, or never. Env: LOCKSTEP_BACKUP")
    private Optional<String> backup = Optional.empty();

    @Option(
            names = "--backup-keep",
            paramLabel = "N",
            defaultValue = "${env:LOCKSTEP_BACKUP_KEEP:-5}",
            description = "Backups of this database that stay; default 5. Env: LOCKSTEP_BACKUP_KEEP")
    private int keep = 5;

    @Option(
            names = "--backup-scope",
            paramLabel = "SCOPE",
            defaultValue = "${env:LOCKSTEP_BACKUP_SCOPE:-Schema}",
            description = "Schema: all of it, and other schemas in which the plan may lose rows. Touched: rows of the"
                    + " tables only that the plan may lose rows in, with everybody's definitions; SQLite's whole file."
                    + " Default Schema. Env: LOCKSTEP_BACKUP_SCOPE")
    private Terms.Scope scope = Terms.Scope.Schema;

    @Option(
            names = "--backup-max-size",
            paramLabel = "SIZE",
            defaultValue = "${env:LOCKSTEP_BACKUP_MAX_SIZE}",
            description = "What the tables to be saved may take, for example 10GiB; more is BackupTooLarge, and nothing"
                    + " is run. Default: any. Env: LOCKSTEP_BACKUP_MAX_SIZE")
    private Optional<String> most = Optional.empty();

    @Option(
            names = "--backup-verify",
            paramLabel = "HOW",
            defaultValue = "${env:LOCKSTEP_BACKUP_VERIFY:-Decode}",
            description = "Decode: read whole. Restore: restored into a database beside it and compared, for which the"
                    + " role needs CREATEDB. Default Decode. Env: LOCKSTEP_BACKUP_VERIFY")
    private Terms.Proof proof = Terms.Proof.Decode;

    @Option(names = "--pg-bin", hidden = true, defaultValue = "${env:LOCKSTEP_PG_BIN}")
    private Optional<Path> tools = Optional.empty();

    /// Where backups are that a person names by their files.
    Settings.Saving reading(Path folder) {
        return new Settings.Saving(folder, keep, tools, Terms.USUAL);
    }

    /// @param folder where backups go if the person did not say
    Settings settings(String run, Goal goal, Policy policy, Optional<String> folder) throws Refusal {
        var where = backup.or(() -> folder);
        if (where.isEmpty()) {
            throw new Refusal(
                    Code.Usage,
                    "--backup",
                    "it is not said where the backup goes",
                    "write --backup DIR or --backup never");
        }
        if (keep < 1) {
            throw new Refusal(Code.Usage, "--backup-keep", "must be at least 1", "write a number from 1 on");
        }
        var terms = new Terms(scope, most(), proof);
        var saving = where.filter(word -> !word.equalsIgnoreCase("never"))
                .map(dir -> new Settings.Saving(Path.of(dir), keep, tools, terms));
        return new Settings(
                run,
                goal,
                policy,
                wait("--lock-timeout", lockTimeout),
                duration("--lock-budget", lockBudget),
                saving,
                Optional.empty());
    }

    private Optional<Long> most() throws Refusal {
        if (most.isEmpty()) {
            return Optional.empty();
        }
        var bytes = Sizes.parse(most.get());
        if (bytes.isEmpty()) {
            throw new Refusal(
                    Code.Usage, "--backup-max-size", "is no size: " + most.get(), "write for example 500MiB or 10GiB");
        }
        return bytes;
    }

    /// To PostgreSQL zero is without limit.
    private static Duration wait(String option, String text) throws Refusal {
        var duration = duration(option, text);
        if (duration.isZero()) {
            throw new Refusal(Code.Usage, option, "is no time to wait: " + text, "write for example 100ms");
        }
        return duration;
    }

    static Duration duration(String option, String text) throws Refusal {
        var duration = Durations.parse(text);
        if (duration.isEmpty()) {
            throw new Refusal(Code.Usage, option, "is not a duration: " + text, "write for example 100ms, 5s or 10m");
        }
        return duration.get();
    }
}
