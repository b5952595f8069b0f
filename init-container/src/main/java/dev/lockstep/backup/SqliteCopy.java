package dev.lockstep.backup;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.VacuumInto;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// `VACUUM INTO`: one consistent copy, whatever others write meanwhile; a plain copy of the file loses what is in
/// the
/// write-ahead log. Read back by an integrity check of the copy.
public record SqliteCopy(Connection connection, Dialect dialect) implements Backups.Copying {
    @Override
    public void into(Path file) throws Refusal {
        try {
            VacuumInto.copy(connection, file);
        } catch (SQLException e) {
            throw new Refusal(
                    Code.BackupFailed,
                    dialect.address().shown(),
                    "the copy failed or is not whole ("
                            + dialect.refusal(e, "").failure().message() + ")",
                    "check the space on the backup folder's disk");
        }
    }
}
