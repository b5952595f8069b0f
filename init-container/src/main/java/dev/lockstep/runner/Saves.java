package dev.lockstep.runner;

import dev.lockstep.engine.Settings;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
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
            description = "Backups of this database that stay; default 5. Env: LOCKSTEP_BACKUP_KEEP")
    private int keep = 5;

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
        return where.filter(word -> !word.equalsIgnoreCase(NEVER))
                .map(dir -> new Settings.Saving(Path.of(dir), keep, tools.folder()));
    }
}
