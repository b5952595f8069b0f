package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.script.Version;
import java.util.Set;
import java.util.TreeSet;

/// What a database says it has had.
///
/// @param unfinished versions that began outside a transaction and did not come to their end
public record Past(History history, Set<Version> unfinished) {

    /// Reads it and changes nothing.
    public static Past of(Dialect dialect) throws Refusal {
        try (var session = Session.open(dialect, "lockstep/history")) {
            var seen = session.look();
            var unfinished = new TreeSet<>(seen.marks().unfinished());
            seen.history().failed().forEach(entry -> entry.version().ifPresent(unfinished::add));
            return new Past(seen.history(), unfinished);
        }
    }
}
