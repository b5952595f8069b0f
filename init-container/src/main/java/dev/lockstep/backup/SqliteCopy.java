package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.VacuumInto;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// `VACUUM INTO`: one consistent copy, whatever others write meanwhile; a plain copy of the file loses what is in
/// the write-ahead log. Read back by an integrity check of the copy.
public record SqliteCopy(Connection connection, Dialect dialect, Address.Sqlite address) implements Backups.Medium {
    @Override
    public void into(Path file) throws Refusal {
        try {
            VacuumInto.copy(connection, file);
        } catch (SQLException e) {
            if (VacuumInto.foundNoSpace(e)) {
                throw Space.of(file)
                        .refusal(OptionalLong.of(address.file().toFile().length()));
            }
            throw failed(e, "the copy failed or is not whole", "check the space on the backup folder's disk");
        }
    }

    /// So that another copy can be written into it.
    public void empty(Path file) throws Refusal {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new Refusal(
                    Code.BackupFailed,
                    file.toString(),
                    "cannot be written again (" + e.getClass().getSimpleName() + ")",
                    "check the folder's space and permissions");
        }
    }

    @Override
    public void decode(Path file) throws Refusal {
        try {
            VacuumInto.check(file);
        } catch (SQLException e) {
            throw failed(e, "the copy is not whole", "use another backup");
        }
    }

    /// A backup is a database nobody writes to, so its file is all of it.
    @Override
    public void restore(Path file) throws Refusal {
        var part = address.file().resolveSibling("." + address.file().getFileName() + ".restoring");
        try {
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Sums.force(part);
            Files.move(part, address.file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refusal(
                    Code.RestoreFailed,
                    address.shown(),
                    "cannot be written (" + e.getClass().getSimpleName() + ")",
                    "check the space and the permissions of its folder");
        }
    }

    @Override
    public void replace(Path file) throws Refusal {
        try {
            VacuumInto.back(connection, file);
        } catch (SQLException e) {
            var why = dialect.refusal(e, "").failure().message();
            throw new Refusal(
                    Code.RestoreFailed,
                    address.shown(),
                    "the copy was not brought back (" + why + ")",
                    "stop whoever uses the database, check its disk's space, and restore again");
        }
    }

    @Override
    public List<String> needs(Path file) {
        return List.of();
    }

    private Refusal failed(SQLException e, String message, String remedy) {
        var why = dialect.refusal(e, "").failure().message();
        return new Refusal(Code.BackupFailed, dialect.address().shown(), message + " (" + why + ")", remedy);
    }
}
