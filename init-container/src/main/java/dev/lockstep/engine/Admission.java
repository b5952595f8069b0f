package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.history.Ledger;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// May a pod that declares a revision start? Asked as the application's own role, which owns nothing; connects,
/// asks,
/// disconnects, and never loads Flyway.
public final class Admission {
    private Admission() {}

    /// Why not, in words for a log; absent if it may.
    ///
    /// @throws Refusal the database cannot be asked
    public static Optional<String> refused(Dialect dialect, String revision) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/await", false)) {
            return session.on(connection -> ask(connection, dialect, revision));
        }
    }

    private static Optional<String> ask(Connection connection, Dialect dialect, String revision) throws SQLException {
        try {
            boolean admitted = Ledger.admits(connection, dialect, revision);
            return admitted ? Optional.empty() : Optional.of("revision " + revision + " is not there yet");
        } catch (SQLException noLedger) {
            return askFlyway(connection, dialect, revision);
        }
    }

    /// A database that only Flyway has migrated so far has no `lockstep_schema`.
    private static Optional<String> askFlyway(Connection connection, Dialect dialect, String revision)
            throws SQLException {
        if (!dialect.standing(connection).history()) {
            return Optional.of("no migration has run in this schema yet");
        }
        try {
            var history = History.read(connection, dialect);
            boolean there = Version.parse(revision).filter(history::has).isPresent();
            return there ? Optional.empty() : Optional.of("revision " + revision + " is not there yet");
        } catch (SQLException unreadable) {
            var failure = dialect.refusal(unreadable, "").failure();
            return Optional.of("this role cannot read the history (" + failure.message() + ")");
        }
    }
}
