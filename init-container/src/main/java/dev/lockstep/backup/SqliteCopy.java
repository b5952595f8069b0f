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

    private Refusal failed(SQLException e, String message, String remedy) {
        var why = dialect.refusal(e, "").failure().message();
        return new Refusal(Code.BackupFailed, dialect.address().shown(), message + " (" + why + ")", remedy);
    }
}
