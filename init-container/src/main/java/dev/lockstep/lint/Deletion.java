package dev.lockstep.lint;

import static dev.lockstep.lint.Effect.Weight.DESTRUCTIVE;
import static dev.lockstep.lint.Effect.Weight.NEUTRAL;

import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rows that go, wherever in a statement that is said. A condition that names no column holds for every row.
/// Source: PostgreSQL documentation, DELETE, MERGE and WITH.
final class Deletion {
    /// Words of a condition that name no column.
    private static final Set<String> CONSTANT =
            Set.of("true", "false", "not", "and", "null", "is", "between", "in", "like", "distinct", "from");

    private Deletion() {}

    /// A `MERGE` whose branch says so.
    static Effect byMerge(Statement statement) {
        var table = new Reader(statement, 2).name();
        return statement.has("then", "delete")
                ? new Effect(DESTRUCTIVE, "deletes rows", table, statement.line())
                : new Effect(NEUTRAL, "", "", statement.line());
    }

    /// Any statement: a `WITH` may delete while its query only reads.
    static Effect within(Statement statement) {
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < statement.tokens().size(); i++) {
            if (statement.hasAt(i, "delete", "from")) {
                effects.add(delete(enclosed(statement, i)));
            } else if (i > 0 && statement.hasAt(i, "merge", "into")) {
                effects.add(byMerge(enclosed(statement, i)));
            }
        }
        return effects.size() == 1 ? effects.getFirst() : Effect.worst(effects, statement.line());
    }

    private static Effect delete(Statement delete) {
        var table = new Reader(delete, 2).name();
        return condition(delete).filter(it -> !alwaysHolds(it)).isPresent()
                ? new Effect(NEUTRAL, "", table, delete.line())
                : new Effect(DESTRUCTIVE, "deletes every row", table, delete.line());
    }

    /// From there to where its parentheses close.
    private static Statement enclosed(Statement statement, int from) {
        int depth = 0;
        for (int i = from; i < statement.tokens().size(); i++) {
            depth += depth(statement.tokens().get(i));
            if (depth < 0) {
                return new Statement(statement.tokens().subList(from, i));
            }
        }
        return new Statement(statement.tokens().subList(from, statement.tokens().size()));
    }

    private static int depth(Token token) {
        return token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }

    /// What stands between its own `WHERE` and `RETURNING`.
    private static Optional<List<Token>> condition(Statement delete) {
        int depth = 0;
        var found = Optional.<List<Token>>empty();
        for (var token : delete.tokens()) {
            depth += depth(token);
            if (found.isPresent() && (depth > 0 || !token.is("returning"))) {
                found.get().add(token);
            } else if (found.isPresent()) {
                return found;
            } else if (depth == 0 && token.is("where")) {
                found = Optional.of(new ArrayList<>());
            }
        }
        return found;
    }

    /// One side of an `OR` without a column is enough.
    private static boolean alwaysHolds(List<Token> condition) {
        boolean names = false;
        int depth = 0;
        for (var token : condition) {
            depth += depth(token);
            if (depth == 0 && token.is("or")) {
                if (!names) {
                    return true;
                }
                names = false;
            } else {
                names |= isName(token);
            }
        }
        return !names;
    }

    private static boolean isName(Token token) {
        return token.type() == Token.Type.Name || token.type() == Token.Type.Word && !CONSTANT.contains(token.text());
    }
}
