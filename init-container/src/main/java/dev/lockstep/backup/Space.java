package dev.lockstep.backup;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// The disk of a folder.
///
/// @param folder that is there
public record Space(Path folder) {
    /// Of the C library's ENOSPC in English, which PostgreSQL's programs repeat.
    static final String WORDS = "No space left on device";

    /// Less than this and a sum's file may not fit.
    private static final long LEAST_BYTES = 64 << 10;

    /// The one that a file is on.
    public static Space of(Path file) {
        return new Space(Optional.ofNullable(file.getParent()).orElse(file));
    }

    /// Bytes that this account may still write there; absent where that cannot be told.
    public OptionalLong free() {
        try {
            return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    boolean isFull() {
        return free().orElse(Long.MAX_VALUE) < LEAST_BYTES;
    }

    /// @param needed about how many bytes the backup would have
    Refusal refusal(OptionalLong needed) {
        var size = needed.isPresent() ? "; the backup needs about " + needed.getAsLong() + " bytes" : "";
        return new Refusal(
                Code.BackupFailed,
                folder.toString(),
                "the disk is full" + size,
                "free space at " + folder + " or choose another folder with --backup; nothing was changed");
    }
}
