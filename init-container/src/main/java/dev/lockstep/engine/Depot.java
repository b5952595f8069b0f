package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.backup.Backups;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.List;

/// Backups on a person's word: take, list, verify, restore.
public final class Depot {
    private static final String READER = "lockstep/backup";

    private final Dialect dialect;
    private final Settings settings;
    private final Settings.Saving place;
    private final Engine.Surroundings around;

    /// @param settings with a place for backups
    public Depot(Dialect dialect, Settings settings, Engine.Surroundings around) {
        this.dialect = dialect;
        this.settings = settings;
        this.place = settings.backups().orElseThrow();
        this.around = around;
    }

    /// Takes one, however young another is: rows may have been written since.
    public Backup take() throws Refusal {
        try (var session = open()) {
            session.refuseIndirect(session.look());
            var lock = new Locking(session, settings, around).take();
            try {
                return saving(session).take(session.look(), List.of(), false).orElseThrow();
            } finally {
                lock.close();
            }
        }
    }

    /// Newest first.
    public List<Backup> list() throws Refusal {
        return backups().list();
    }

    /// @throws Refusal `BackupFailed` for one that is damaged
    public void verify(String name) throws Refusal {
        try (var session = Session.open(dialect, READER)) {
            backups().verify(name, saving(session).medium(place));
        }
    }

    /// Brings a backup, once it is verified, into a database that is empty.
    ///
    /// @throws Refusal `RestoreFailed`; the database is as it was before
    public void restore(String name) throws Refusal {
        try (var session = open()) {
            var medium = saving(session).medium(place);
            var file = backups().verify(name, medium);
            session.refuseIndirect(session.look());
            var lock = new Locking(session, settings, around).take();
            try {
                refuseFilled(session.look());
                medium.restore(file);
                refuseForeign(name);
            } finally {
                lock.close();
            }
        }
    }

    /// Asked by a session of its own: on SQLite the file is another one now.
    private void refuseForeign(String name) throws Refusal {
        try (var after = Session.open(dialect, READER)) {
            var standing = after.look().standing();
            if (!standing.history() && standing.empty()) {
                throw refused(
                        name + " has nothing of this schema, and nothing was restored",
                        "name the schema that the backup was taken of; its name says which");
            }
        }
    }

    private void refuseFilled(Session.Seen seen) throws Refusal {
        var standing = seen.standing();
        if (!standing.schema()) {
            throw refused("the schema does not exist", "create it");
        }
        if (!standing.empty() || standing.history()) {
            throw refused("there are tables already", "name an empty database or schema; a restore never overwrites");
        }
    }

    private Refusal refused(String message, String remedy) {
        return new Refusal(Code.RestoreFailed, dialect.address().shown(), message, remedy);
    }

    private Session open() throws Refusal {
        return Session.open(dialect, settings, around);
    }

    private Saving saving(Session session) {
        return new Saving(session, settings, around);
    }

    private Backups backups() {
        return new Backups(place.folder(), place.keep(), dialect.address());
    }
}
