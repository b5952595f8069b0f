package dev.lockstep.runner;

import dev.lockstep.backup.Terms;
import dev.lockstep.engine.Settings;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Sizes;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say where backups lie.
final class Saves {
    private static final String NEVER = "never";

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
            description =
                    "Backups of this database that stay, and the first of each of so many heads besides; default 5. Env: LOCKSTEP_BACKUP_KEEP")
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

    @Mixin
    private final Tools tools = new Tools();

    /// @param folder where backups go if the person did not say
    /// @return absent: none is wanted
    Optional<Settings.Saving> saving(Optional<String> folder) throws Refusal {
        var where = backup.or(() -> folder);
        if (where.isEmpty() || where.get().isBlank()) {
            throw new Refusal(
                    Code.Usage,
                    "--backup",
                    "it is not said where the backup goes",
                    "write --backup DIR or --backup never");
        }
        if (keep < 1) {
            throw new Refusal(Code.Usage, "--backup-keep", "must be at least 1", "write a number from 1 on");
        }
        var terms = new Terms(Terms.Occasion.Always, scope, most(), proof, Optional.empty());
        return where.filter(word -> !word.equalsIgnoreCase(NEVER))
                .map(dir -> new Settings.Saving(Path.of(dir), keep, tools.folder(), terms));
    }

    /// Where backups are that a person names by their files.
    Settings.Saving reading(Path folder) {
        return new Settings.Saving(folder, keep, tools.folder(), Terms.USUAL);
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
}
