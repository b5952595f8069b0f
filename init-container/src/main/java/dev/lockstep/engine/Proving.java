package dev.lockstep.engine;

import dev.lockstep.backup.PostgresDump;
import dev.lockstep.backup.SqliteCopy;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.PostgresqlContents;
import dev.lockstep.dialect.PostgresqlInventory;
import dev.lockstep.dialect.PostgresqlSnapshot;
import dev.lockstep.dialect.VacuumInto;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Takes a backup and shows that what comes out of it is what went in: every object, every column, the rows of every
/// table, as of the backup's own moment.
record Proving(Session session) {
    /// Differences that are named.
    private static final int NAMED = 5;
    private static final int COPIES = 5;

    /// Into a database beside this one, which is there for no longer than that. Its name is always the same, so that
    /// the next run takes away what a killed one has left.
    void into(Path file, PostgresDump dump) throws Refusal {
        var then = session.on(connection -> {
            try (var snapshot = PostgresqlSnapshot.of(dump.address())) {
                dump.into(file, List.of("--snapshot=" + snapshot.id()));
                return snapshot.inventory(dump.extent());
            }
        });
        var name =
                "lockstep_proof_" + Integer.toHexString(dump.address().shown().hashCode());
        drop(name);
        try {
            compare(then, restored(file, dump, beside(name)));
        } finally {
            drop(name);
        }
    }

    private void drop(String name) throws Refusal {
        session.on(connection -> {
            session.dialect().dropBeside(connection, name);
            return true;
        });
    }

    private Address.Postgresql beside(String name) throws Refusal {
        try {
            return switch (session.on(connection -> session.dialect().createBeside(connection, name))
                    .address()) {
                case Address.Postgresql postgresql -> postgresql;
                case Address.Sqlite none -> throw new IllegalStateException("not beside a PostgreSQL database");
            };
        } catch (Refusal refusal) {
            if (refusal.failure().code() != Code.PermissionMissing) {
                throw refusal;
            }
            throw new Refusal(
                    Code.PermissionMissing,
                    place(),
                    "the role may not create the database that the backup is to be restored into",
                    "ALTER ROLE … CREATEDB, or let backups be verified by Decode");
        }
    }

    private List<String> restored(Path file, PostgresDump dump, Address.Postgresql scratch) throws Refusal {
        return session.on(connection -> {
            try (var inside = Dialect.of(scratch).connect("lockstep/proof", true)) {
                new PostgresqlContents(connection, dump.address()).furnish(inside, dump.extent());
                restore(file, dump.at(scratch));
                return new PostgresqlInventory(inside).lines(dump.extent());
            }
        });
    }

    private void restore(Path file, PostgresDump scratch) throws Refusal {
        try {
            scratch.restore(file);
        } catch (Refusal refusal) {
            if (refusal.failure().code() != Code.RestoreFailed) {
                throw refusal;
            }
            throw new Refusal(
                    Code.BackupFailed,
                    place(),
                    "the backup was taken, but cannot be restored",
                    "see the log: it may refer to what is in another schema");
        }
    }

    private void compare(List<String> then, List<String> now) throws Refusal {
        var lines = new ArrayList<String>();
        then.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("lacks " + line));
        now.stream().filter(line -> !then.contains(line)).forEach(line -> lines.add("has " + line));
        if (!lines.isEmpty()) {
            var named = String.join("; ", lines.subList(0, Math.min(NAMED, lines.size())));
            throw new Refusal(
                    Code.BackupFailed,
                    place(),
                    "what the backup restores is not what was saved, it " + named,
                    "nothing was changed; see the log, and report it to us");
        }
    }

    /// A count and the copy belong together if nobody wrote meanwhile.
    void into(Path file, SqliteCopy copy) throws Refusal {
        for (int i = 0; i < COPIES; i++) {
            long before = session.on(VacuumInto::version);
            var then = session.on(VacuumInto::inventory);
            copy.into(file);
            if (session.on(VacuumInto::version) == before) {
                compare(then, session.on(none -> VacuumInto.inventory(file)));
                return;
            }
            copy.empty(file);
        }
        throw new Refusal(
                Code.BackupFailed,
                place(),
                "others wrote whenever a backup was taken, so its rows cannot be compared",
                "run again when fewer write, or with --backup-verify Decode");
    }

    private String place() {
        return session.dialect().address().shown();
    }
}
