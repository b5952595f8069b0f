package dev.lockstep.dialect;

import dev.lockstep.dialect.Dialect.Lock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;

/// The run's lock on SQLite, on which Flyway takes none: a file's lock beside the database, which ends with the process
/// that holds it.
final class SqliteLock {
    private SqliteLock() {}

    static Optional<Lock> tried(Address.Sqlite address) throws SQLException {
        var file = address.file().toAbsolutePath();
        var beside = file.resolveSibling("." + file.getFileName() + ".lockstep");
        try {
            var channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(() -> close(channel));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Refused(SqliteTrouble.unwritable(beside).at(address.shown()));
        }
    }

    private static void close(FileChannel channel) throws SQLException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new SQLException("cannot release the lock", e);
        }
    }
}
