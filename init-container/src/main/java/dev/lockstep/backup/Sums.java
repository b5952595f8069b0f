package dev.lockstep.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// SHA-256 of files, and the file beside a backup that keeps it.
final class Sums {
    static final String SUFFIX = ".sha256";

    private static final int CHUNK_BYTES = 1 << 20;

    private Sums() {}

    static String of(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var sha = MessageDigest.getInstance("SHA-256");
            var chunk = ByteBuffer.allocate(CHUNK_BYTES);
            while (channel.read(chunk) >= 0) {
                sha.update(chunk.flip());
                chunk.clear();
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Path beside(Path backup) {
        return backup.resolveSibling(backup.getFileName() + SUFFIX);
    }

    /// The backup that this is beside.
    static Path summed(Path sum) {
        var name = String.valueOf(sum.getFileName());
        return sum.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    static void record(Path backup, String sum) throws IOException {
        var file = beside(backup);
        Files.writeString(file, sum + "  " + backup.getFileName() + "\n");
        force(file);
    }

    static Optional<String> recorded(Path backup) throws IOException {
        var file = beside(backup);
        return Files.exists(file) ? Optional.of(Files.readString(file).split(" ", 2)[0]) : Optional.empty();
    }

    /// A name in a folder is durable only once the folder is.
    static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
