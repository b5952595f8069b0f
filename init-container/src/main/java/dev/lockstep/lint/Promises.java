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
/// @param open names of constraints that it leaves NOT VALID
public record Promises(Set<String> indexes, Set<String> constraints, Set<String> open) {
    public static final Promises NONE = new Promises(Set.of(), Set.of(), Set.of());

    public Promises {
        indexes = Set.copyOf(indexes);
        constraints = Set.copyOf(constraints);
        open = Set.copyOf(open);
    }

    /// These, and then those of a later script, which may add anew what this one validated.
    public Promises then(Promises later) {
        var kept = new HashSet<>(constraints);
        kept.removeAll(later.open);
        kept.addAll(later.constraints);
        var all = new HashSet<>(indexes);
        all.addAll(later.indexes);
        return new Promises(all, kept, later.open);
    }

    public static Promises of(Script script) {
        return script.statements().stream().map(Promises::of).reduce(NONE, Promises::then);
    }

    private static Promises of(Statement statement) {
        var indexes = new HashSet<String>();
        var constraints = new HashSet<String>();
        var open = new HashSet<String>();
        if (statement.begins("create") && statement.has("index") && !statement.has("on", "only")) {
            named(statement, "index").ifPresent(indexes::add);
        }
        for (var action : Action.of(statement)) {
            if (action.begins("validate")) {
                constraints.add(action.member());
            }
            if (action.begins("add", "constraint") && action.has("not", "valid")) {
                open.add(action.member());
            }
        }
        return new Promises(indexes, constraints, open);
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
