package dev.lockstep.backup;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Is there room for a backup, by the owner's word and by the disk's?
///
/// @param most bytes that it may take by its owner's word
public record Room(Path folder, Optional<Long> most) {
    /// What random bytes come to is all of them, and text less than a tenth. Below that a dump cannot succeed.
    private static final int SHRINKS_AT_MOST = 10;

    /// @param bytes an estimate from the database
    /// @param exact the copy takes all of that; else a dump, which compresses
    /// @throws Refusal `BackupTooLarge`, `Preflight`
    public void admit(long bytes, boolean exact, Consumer<String> log) throws Refusal {
        if (most.isPresent() && bytes > most.get()) {
            throw new Refusal(
                    Code.BackupTooLarge,
                    folder.toString(),
                    "the backup would take about " + Sizes.shown(bytes) + ", more than the " + Sizes.shown(most.get())
                            + " allowed",
                    "raise --backup-max-size, or save less with --backup-scope Touched");
        }
        long free = free();
        if (free < (exact ? bytes : bytes / SHRINKS_AT_MOST)) {
            throw new Refusal(
                    Code.Preflight,
                    folder.toString(),
                    "the backup would take about " + Sizes.shown(bytes) + ", and " + Sizes.shown(free)
                            + " are free there",
                    "free some space or name another folder, then run again");
        }
        if (free < bytes) {
            log.accept("the tables take " + Sizes.shown(bytes) + ", and " + Sizes.shown(free) + " are free in " + folder
                    + ": the backup may not fit, though it is compressed");
        }
    }

    private long free() throws Refusal {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new Refusal(
                    Code.BackupFailed,
                    folder.toString(),
                    "the folder's free space cannot be told (" + e.getClass().getSimpleName() + ")",
                    "check the folder");
        }
    }
}
