package dev.lockstep.lint;

import dev.lockstep.dialect.SafeForms;
import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Constraints added to tables that have rows.
record ConstraintChecks(Sight sight) implements Check {

    @Override
    public Stream<Finding> of(Statement statement) {
        return Action.of(statement).stream()
                .filter(action -> sight.old(action.table()))
                .flatMap(this::of);
    }

    private Stream<Finding> of(Action action) {
        if (action.begins("validate")) {
            return validated(action);
        }
        if (!action.begins("add") || action.has("using", "index")) {
            return Stream.empty();
        }
        if (action.has("unique") || action.has("primary", "key") || action.has("exclude")) {
            return Stream.of(builds(action));
        }
        boolean proves = action.addsConstraint()
                ? action.has("foreign", "key") || action.has("check")
                : action.has("check") || action.has("references") && action.has("default");
        return proves && !action.has("not", "valid") ? Stream.of(scans(action)) : Stream.empty();
    }

    private Finding scans(Action action) {
        var name = action.begins("add", "constraint") ? action.member() : "";
        var instead = action.addsConstraint() && !name.isEmpty()
                ? List.of(
                        SafeForms.notValid(action.table(), Wording.of(action.clause())),
                        "and in a later script:",
                        SafeForms.validated(action.table(), name))
                : List.of("name the constraint, add it NOT VALID, and VALIDATE it in a later script");
        return found(
                Rule.ConstraintScans,
                action.line(),
                "every row of " + action.table() + " is read under the lock",
                instead);
    }

    private Finding builds(Action action) {
        var name = action.begins("add", "constraint") ? action.member() : "";
        var kind = action.has("primary", "key") ? "primary key" : "unique";
        var columns = columns(action.clause());
        boolean plain = action.addsConstraint() && !name.isEmpty() && !action.has("exclude") && !columns.isEmpty();
        var instead = new ArrayList<String>();
        if (plain) {
            instead.addAll(alone(SafeForms.index(action.table(), name, columns)));
            instead.add("and in a later script:");
            instead.add(SafeForms.onIndex(action.table(), name, kind));
        } else if (!action.has("exclude")) {
            instead.add("name the constraint, build its index CONCURRENTLY first, and add it USING INDEX");
        }
        return found(
                Rule.ConstraintBuilds,
                action.line(),
                "nobody may use " + action.table() + " until the index is built",
                instead);
    }

    /// The names in the last parentheses, if only names are there.
    private static List<String> columns(Statement clause) {
        int open = -1;
        for (int i = 0; i < clause.tokens().size(); i++) {
            open = clause.hasAt(i, "(") && open < 0 ? i : open;
        }
        if (open < 0 || !clause.tokens().getLast().is(")")) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (var token : clause.tokens().subList(open + 1, clause.tokens().size() - 1)) {
            if (token.type() == Token.Type.Literal || token.is("(")) {
                return List.of();
            }
            if (token.type() != Token.Type.Symbol) {
                names.add(Wording.of(List.of(token)));
            }
        }
        return names;
    }

    private Stream<Finding> validated(Action action) {
        boolean here = sight.script().statements().stream()
                .flatMap(it -> Action.of(it).stream())
                .anyMatch(it -> it.begins("add", "constraint")
                        && Sight.same(it.table(), action.table())
                        && it.member().equals(action.member()));
        return here
                ? Stream.of(found(
                        Rule.ValidatedAtOnce,
                        action.line(),
                        "the lock that added " + action.member() + " is held while every row of " + action.table()
                                + " is read",
                        List.of("move it into a later script")))
                : Stream.empty();
    }
}
