package dev.lockstep.rebuild;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;

/// Why a table is not altered; whoever knows file and line adds them.
final class Objection {
    private Objection() {}

    static Refusal of(String message, String remedy) {
        return new Refusal(Code.StatementFailed, "", message, remedy);
    }

    /// What only PostgreSQL has.
    static Refusal unknown(String what) {
        return of(
                "SQLite has nothing like " + what,
                "leave it out here, and put what PostgreSQL needs into a script in the folder postgresql/");
    }
}
