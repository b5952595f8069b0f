package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.backup.Backups;
import dev.lockstep.backup.PostgresDump;
import dev.lockstep.backup.SqliteCopy;
import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Refusal;
import java.util.Optional;

/// Takes the backup of a run, while its session holds the lock.
record Saving(Session session, Settings settings, Engine.Surroundings around) {

    /// @param again an earlier one of the same history will do: nothing is to be lost
    /// @return absent where none is wanted
    Optional<Backup> take(Session.Seen seen, boolean again) throws Refusal {
        if (settings.backups().isEmpty()) {
            return Optional.empty();
        }
        var saving = settings.backups().get();
        around.listener().hear(new Event.BackingUp(saving.folder().toString()));
        var backups =
                new Backups(saving.folder(), saving.keep(), session.dialect().address());
        var head = new Backups.Head(seen.history().head(), seen.history().rank());
        var taken = backups.take(head, again, around.clock().instant(), medium(saving));
        around.listener().hear(new Event.BackedUp(taken));
        return Optional.of(taken);
    }

    Backups.Medium medium(Settings.Saving saving) {
        return switch (session.dialect().address()) {
            case Address.Postgresql postgresql ->
                new PostgresDump(
                        postgresql,
                        saving.tools(),
                        line -> around.listener().hear(new Event.Detail(line)),
                        around.stop()::check,
                        () -> session.on(session.dialect()::standing));
            case Address.Sqlite sqlite -> new SqliteCopy(session.connection(), session.dialect(), sqlite);
        };
    }
}
