package dev.lockstep.engine;

import dev.lockstep.engine.Session.Seen;
import dev.lockstep.handover.Blame;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Ledger;

/// What a run that has failed leaves for the gate: somebody has to mend something, and waiting alone helps nobody. What
/// the world mends is not told, for the next attempt may be a second away.
final class LastWord {
    private LastWord() {}

    /// Where the run has found or made a `lockstep_schema`. A run that is refused before it begins makes none.
    static void say(Session session, Seen left, Failure failure) throws Refusal {
        if (failure.code().blame() != Blame.AUTHOR || !left.standing().ledger()) return;
        session.on(connection -> {
            Ledger.fail(connection, session.dialect(), failure.code() + " at " + failure.place());
            return true;
        });
    }

    /// Another run has begun.
    static void unsay(Session session, Seen seen) throws Refusal {
        if (!seen.marks().failed()) return;
        session.on(connection -> {
            Ledger.endFailure(connection, session.dialect());
            return true;
        });
    }
}
