package dev.lockstep.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A small disk, which only root can mount.
///
/// @param path where it is
public record Disk(Path path) implements AutoCloseable {
    private static final String FILLING = "filling";

    /// None where this account may not mount.
    ///
    /// @param path a folder that is made
    public static Optional<Disk> mount(Path path, int kibibytes) {
        try {
            Files.createDirectories(path);
            boolean mounted = isDone("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", path.toString());
            return mounted ? Optional.of(new Disk(path)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDone(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Nothing more fits.
    public void fill() {
        isDone("sh", "-c", "cat /dev/zero >\"$0\"", path.resolve(FILLING).toString());
    }

    /// Somebody cleans up.
    public void free() {
        try {
            Files.deleteIfExists(path.resolve(FILLING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Somebody buys another one, not smaller than what is in it.
    public void resize(int kibibytes) {
        if (!isDone("mount", "-o", "remount,size=" + kibibytes + "k", path.toString())) {
            throw new IllegalStateException(path + " cannot be resized");
        }
    }

    @Override
    public void close() {
        isDone("umount", path.toString());
    }
}
