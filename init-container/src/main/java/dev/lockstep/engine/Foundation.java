package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.graph.Target;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Chronicle;
import dev.lockstep.script.Version;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/// Gives a schema that has tables a history, which Flyway itself creates.
public final class Foundation {
    private Foundation() {}

    /// An empty history.
    static void lay(Session session) throws Refusal {
        lay(session, Target.BEFORE_ALL, "<< Flyway Baseline >>");
    }

    private static void lay(Session session, Version version, String description) throws Refusal {
        var flyway = FlywayAdapter.plain(session)
                .baselineVersion(MigrationVersion.fromVersion(version.text()))
                .baselineDescription(description)
                .load();
        session.on(connection -> answer(flyway::baseline));
    }

    /// A history that is there and empty, which Flyway would have dropped first.
    private static void begin(Session session, Version version, String description) throws Refusal {
        session.on(connection -> OneTransaction.of(connection, () -> {
            Chronicle.baseline(connection, session.dialect(), version, description);
            return true;
        }));
    }

    /// Flyway's answer, or what its own statements met.
    static <T> T answer(Supplier<T> flyway) throws SQLException {
        try {
            return flyway.get();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw sql;
                }
            }
            throw e;
        }
    }

    /// The same of a database that nobody has migrated with this program yet; of another it would run again what has
    /// been run, for its history is lost or lies elsewhere.
    ///
    /// @throws Refusal `NeedsBaseline` for a database with our ledger, which two persons have to agree on
    public static void adopt(
            Dialect dialect, Version version, String description, Settings settings, Engine.Surroundings around)
            throws Refusal {
        try (var session = Session.open(dialect, settings, around)) {
            if (session.look().standing().ledger()) {
                throw new Refusal(
                        Code.NeedsBaseline,
                        dialect.address().shown(),
                        "the schema has been migrated before, and its history is not there",
                        "look for the history table; spec.baseline is for what was never migrated");
            }
        }
        baseline(dialect, version, description, settings, around);
    }

    /// All up to the version counts as applied, whoever did it.
    ///
    /// @return false if that was so before
    /// @throws Refusal `GraphInvalid` for a database that has a history of its own
    public static boolean baseline(
            Dialect dialect, Version version, String description, Settings settings, Engine.Surroundings around)
            throws Refusal {
        try (var session = Session.open(dialect, settings, around)) {
            session.refuseIndirect(session.look());
            session.refuseForeign(session.look(), settings.owner());
            var lock = new Locking(session, settings, around).take();
            try {
                var seen = session.look();
                if (seen.history().baseline().equals(Optional.of(version))) {
                    return false;
                }
                if (!seen.history().isEmpty()) {
                    throw new Refusal(
                            Code.GraphInvalid,
                            version.text(),
                            "the database has a history already, so it needs no baseline",
                            "lockstep stamp REV tells it where it is");
                }
                if (seen.standing().history()) {
                    begin(session, version, description);
                } else {
                    lay(session, version, description);
                }
                return true;
            } finally {
                lock.close();
            }
        }
    }
}
