package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.backup.Backups;
import dev.lockstep.backup.PostgresDump;
import dev.lockstep.backup.Room;
import dev.lockstep.backup.SqliteCopy;
import dev.lockstep.backup.Terms;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Extent;
import dev.lockstep.dialect.PostgresqlContents;
import dev.lockstep.dialect.VacuumInto;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Takes the backup of a run, while its session holds the lock.
record Saving(Session session, Settings settings, Engine.Surroundings around) {

    /// @param steps that are to be run; what they may lose is in it
    /// @param again an earlier one of the same history will do: nothing is to be lost
    /// @return absent where none is wanted
    Optional<Backup> take(Session.Seen seen, List<Step> steps, boolean again) throws Refusal {
        if (settings.backups().isEmpty()) {
            return Optional.empty();
        }
        var saving = settings.backups().get();
        var stakes = Stakes.of(steps);
        if (saving.terms().occasion() == Terms.Occasion.Destructive && stakes.none()) {
            log("nothing is saved, for no step loses rows or columns");
            return Optional.empty();
        }
        if (saving.terms().external().isPresent()) {
            return Optional.of(named(saving.terms().external().get().name(), seen));
        }
        around.listener().hear(new Event.BackingUp(saving.folder().toString()));
        stakes.warnings(saving.terms().scope()).forEach(this::log);
        var extent = extent(stakes, saving.terms().scope());
        var backups =
                new Backups(saving.folder(), saving.keep(), session.dialect().address());
        var head = new Backups.Head(seen.history().head(), seen.history().rank(), extent.narrow());
        boolean enough = again && extent.usual() && saving.terms().proof() == Terms.Proof.Decode;
        var taken = backups.take(head, enough, around.clock().instant(), file -> {
            admit(saving, extent);
            copy(saving, extent, file);
        });
        around.listener().hear(new Event.BackedUp(taken));
        return Optional.of(taken);
    }

    /// Nobody here can tell whether it is whole, nor whether it is of this database.
    private Backup named(Optional<String> name, Session.Seen seen) throws Refusal {
        if (name.isEmpty()) {
            throw new Refusal(
                    Code.BackupNeeded,
                    session.dialect().address().shown(),
                    "somebody else takes the backups, and none has been named since this was asked",
                    "take one, and when it is finished annotate the SchemaMigration: lockstep.dev/external-backup=NAME, another name than before");
        }
        log("the backup " + name.get() + " is somebody else's, and is taken for whole");
        return new Backup(
                name.get(), 0, "", around.clock().instant(), seen.history().head(), false);
    }

    private void log(String line) {
        around.listener().hear(new Event.Detail(line));
    }

    private Extent extent(Stakes stakes, Terms.Scope scope) throws Refusal {
        return switch (session.dialect().address()) {
            case Address.Postgresql it ->
                session.on(on -> new PostgresqlContents(on, it).extent(stakes.named(), stakes.narrow(scope)));
            case Address.Sqlite whole -> Extent.of("main");
        };
    }

    private void admit(Settings.Saving saving, Extent extent) throws Refusal {
        var room = new Room(saving.folder(), saving.terms().most());
        switch (session.dialect().address()) {
            case Address.Postgresql it ->
                room.admit(session.on(on -> new PostgresqlContents(on, it).bytes(extent)), false, this::log);
            case Address.Sqlite it -> room.admit(session.on(VacuumInto::bytes), true, this::log);
        }
    }

    /// For a backup of which nothing but its name is known.
    Backups.Medium medium(Settings.Saving saving) {
        return switch (session.dialect().address()) {
            case Address.Postgresql it -> dump(it, saving, Extent.of(it.schema()));
            case Address.Sqlite it -> copying(it);
        };
    }

    private void copy(Settings.Saving saving, Extent extent, Path file) throws Refusal {
        var proving = new Proving(session);
        boolean restores = saving.terms().proof() == Terms.Proof.Restore;
        switch (session.dialect().address()) {
            case Address.Postgresql it when restores -> proving.into(file, dump(it, saving, extent));
            case Address.Sqlite it when restores -> proving.into(file, copying(it));
            case Address.Postgresql it -> dump(it, saving, extent).into(file);
            case Address.Sqlite it -> copying(it).into(file);
        }
    }

    private PostgresDump dump(Address.Postgresql it, Settings.Saving saving, Extent extent) {
        return new PostgresDump(
                it,
                extent,
                saving.tools(),
                this::log,
                around.stop()::check,
                () -> session.on(session.dialect()::standing));
    }

    private SqliteCopy copying(Address.Sqlite it) {
        return new SqliteCopy(session.connection(), session.dialect(), it);
    }
}
