package dev.lockstep.lint;

import dev.lockstep.script.Script;
import dev.lockstep.script.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What has to be whole after a script has run.
///
/// @param indexes names that are to be valid: not of an index on a partitioned table alone, which becomes valid when
///     its last part is attached
/// @param constraints names that are to be validated
public record Promises(Set<String> indexes, Set<String> constraints) {
    public Promises {
        indexes = Set.copyOf(indexes);
        constraints = Set.copyOf(constraints);
    }

    public static Promises of(Script script) {
        var indexes = new HashSet<String>();
        var constraints = new HashSet<String>();
        for (var statement : script.statements()) {
            if (statement.begins("create") && statement.has("index") && !statement.has("on", "only")) {
                named(statement, "index").ifPresent(indexes::add);
            }
            if (statement.begins("alter", "table")) {
                named(statement, "validate").ifPresent(constraints::add);
            }
        }
        return new Promises(indexes, constraints);
    }

    private static Optional<String> named(Statement statement, String word) {
        for (int i = 0; i < statement.tokens().size(); i++) {
            if (statement.hasAt(i, word)) {
                var reader = new Reader(statement, i + 1);
                reader.take("constraint");
                var name = reader.name();
                return Optional.of(name).filter(it -> !it.isEmpty() && !it.equals("on"));
            }
        }
        return Optional.empty();
    }
}
