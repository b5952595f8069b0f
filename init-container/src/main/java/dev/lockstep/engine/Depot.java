package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.backup.Backups;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Annex;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.PostgresqlClearing;
import dev.lockstep.dialect.PostgresqlContents;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
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
        alone(name, (session, medium, file) -> {
            refuseFilled(session.look());
            medium.restore(file);
        });
    }

    /// Brings a backup, once it is verified, into a database that is made for it beside this one and stays.
    ///
    /// @param other its name; of SQLite that of a file in the same folder
    /// @throws Refusal `RestoreFailed`, `PermissionMissing`; then there is no such database
    public void restoreInto(String name, String other) throws Refusal {
        try (var session = open()) {
            session.refuseForeign(session.look(), settings.owner());
            var medium = saving(session).medium(place);
            var needs = medium.needs(backups().verify(name, medium));
            var beside = session.on(connection -> new Annex(connection, dialect, other).create(needs));
            boolean whole = false;
            try {
                new Depot(beside, settings, around).restore(name);
                whole = true;
            } finally {
                if (!whole) drop(session, other);
            }
        }
    }

    private void drop(Session session, String other) throws Refusal {
        session.on(connection -> {
            new Annex(connection, dialect, other).drop();
            return true;
        });
    }

    /// Brings a backup, once it is verified, in place of what is there.
    ///
    /// @param savesFirst what is there is saved, and no backup is taken away for it
    /// @throws Refusal `RestoreFailed`, `BackupFailed`; the database is as it was before
    public void replace(String name, boolean savesFirst) throws Refusal {
        alone(name, (session, medium, file) -> {
            var seen = session.look();
            refuseUnreplaceable(session, seen, file);
            if (savesFirst && !(seen.standing().empty() && !seen.standing().history())) {
                var all = new Settings.Saving(place.folder(), Integer.MAX_VALUE, place.tools(), place.terms());
                new Saving(session, settings.saving(all), around).take(seen, List.of(), false);
            }
            medium.replace(file);
        });
    }

    private interface Bringing {
        void bring(Session session, Backups.Medium medium, Path file) throws Refusal;
    }

    private void alone(String name, Bringing bringing) throws Refusal {
        try (var session = open()) {
            var medium = saving(session).medium(place);
            var file = backups().verify(name, medium);
            refuseLacking(session, medium.needs(file));
            session.refuseIndirect(session.look());
            var lock = new Locking(session, settings, around).take();
            try {
                bringing.bring(session, medium, file);
                refuseForeign(name);
            } finally {
                lock.close();
            }
        }
    }

    private void refuseLacking(Session session, List<String> extensions) throws Refusal {
        var missing = switch (dialect.address()) {
            case Address.Postgresql it ->
                session.on(connection -> new PostgresqlContents(connection, it).missing(extensions));
            case Address.Sqlite none -> List.<String>of();
        };
        if (!missing.isEmpty()) {
            throw refused(
                    "the backup needs extensions that the database lacks: " + String.join(", ", missing),
                    "CREATE EXTENSION, in the schema where they were");
        }
    }

    /// Replacing drops what is there with all that depends on it, and outside of the schema nothing brings that back.
    private void refuseUnreplaceable(Session session, Session.Seen seen, Path file) throws Refusal {
        if (!seen.standing().schema()) {
            throw refused("the schema does not exist", "create it");
        }
        if (Backups.isNarrow(file)) {
            throw refused(
                    "the backup has rows of some tables only", "restore it into an empty database, copy from there");
        }
        var outsiders = switch (dialect.address()) {
            case Address.Postgresql it ->
                session.on(connection -> new PostgresqlClearing(connection, it.schema()).outsiders());
            case Address.Sqlite none -> List.<String>of();
        };
        if (!outsiders.isEmpty()) {
            throw refused(
                    "outside of the schema these depend on it and would be lost: " + String.join(", ", outsiders),
                    "drop them and create them again afterwards, or restore into an empty database");
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
            throw refused("there are tables already", "name an empty database or schema, or say --replace");
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
