package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.Reply;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// May a pod that declares a revision start? Asked as the application's own role, which owns nothing; connects,
/// asks, disconnects, and never loads Flyway.
public final class Admission {
    private Admission() {}

    /// Not yet.
    ///
    /// @param why in words for a log
    /// @param failed how the newest run has, if somebody has to mend something first
    public record Delay(String why, Optional<String> failed) {}

    /// Absent if it may.
    ///
    /// @throws Refusal the database cannot be asked; `PastContract` for a pod that may never start
    public static Optional<Delay> refused(Dialect dialect, String revision) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/await")) {
            return delay(session.on(connection -> ask(connection, dialect, revision)), revision);
        }
    }

    private sealed interface Answer {
        record Known(Reply reply) implements Answer {}

        record Wait(String why) implements Answer {}
    }

    private static Optional<Delay> delay(Answer answer, String revision) throws Refusal {
        return switch (answer) {
            case Answer.Wait(var why) -> Optional.of(new Delay(why, Optional.empty()));
            case Answer.Known(Reply.Open()) -> Optional.empty();
            case Answer.Known(Reply.Shut(var failed)) ->
                Optional.of(new Delay("revision " + revision + " is not there yet", failed));
            case Answer.Known(Reply.Past(var floor)) ->
                throw new Refusal(
                        Code.PastContract,
                        "revision " + revision,
                        "contract steps up to " + floor + " have run or are about to, and this pod's code is older",
                        "deploy a release of revision " + floor + " or later, or take the schema back first");
        };
    }

    private static Answer ask(Connection connection, Dialect dialect, String revision) throws SQLException, Refusal {
        try {
            return new Answer.Known(Ledger.ask(connection, dialect, revision));
        } catch (SQLException noLedger) {
            if (dialect.unanswered(noLedger)) {
                throw noLedger;
            }
            return askFlyway(connection, dialect, revision);
        }
    }

    /// A database that only Flyway has migrated so far has no `lockstep_schema`.
    private static Answer askFlyway(Connection connection, Dialect dialect, String revision)
            throws SQLException, Refusal {
        if (!dialect.standing(connection).history()) {
            return new Answer.Wait("no migration has run in this schema yet");
        }
        try {
            var history = History.read(connection, dialect);
            boolean there = Version.parse(revision).filter(history::has).isPresent();
            return new Answer.Known(there ? new Reply.Open() : new Reply.Shut(Optional.empty()));
        } catch (SQLException unreadable) {
            var failure = dialect.refusal(unreadable, "").failure();
            return new Answer.Wait("this role cannot read the history (" + failure.message() + ")");
        }
    }
}
