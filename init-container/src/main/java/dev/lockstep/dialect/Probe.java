package dev.lockstep.dialect;

import dev.lockstep.script.Statement;
import java.util.Optional;

/// What a statement that bears no transaction leaves behind, so that the database can be asked whether it came to its
/// end when nobody was left to record it. Names are quoted as SQL has them, with their schema.
public sealed interface Probe {
    /// The index is there and valid.
    record Built(String index) implements Probe {}

    /// The index is not there.
    record Gone(String index) implements Probe {}

    /// `REINDEX CONCURRENTLY`: may be run again, but leaves copies that are not valid.
    record Rebuilt() implements Probe {}

    /// The part has left its table.
    record Detached(String table, String part) implements Probe {}

    /// The enum has the value.
    ///
    /// @param value as the script writes it, in quotes
    record Added(String type, String value) implements Probe {}

    /// May be run again: it ends the same, however often.
    record Again() implements Probe {}

    /// How PostgreSQL can be asked about it; absent: it cannot.
    ///
    /// @param schema where names without one are
    static Optional<Probe> postgresql(Statement statement, String schema) {
        return new ProbeReader(statement, schema).read();
    }

    /// SQLite does one statement wholly or not at all, but cannot be asked which.
    static Optional<Probe> sqlite(Statement statement) {
        boolean again = statement.begins("vacuum")
                || statement.begins("analyze")
                || statement.begins("reindex")
                || statement.begins("pragma");
        return again ? Optional.of(new Again()) : Optional.empty();
    }
}
