package dev.lockstep.lint;

import static dev.lockstep.lint.Effect.Weight.ADDING;
import static dev.lockstep.lint.Effect.Weight.BREAKING;
import static dev.lockstep.lint.Effect.Weight.DESTRUCTIVE;
import static dev.lockstep.lint.Effect.Weight.NEUTRAL;

import dev.lockstep.lint.Effect.Weight;
import dev.lockstep.script.Statement;
import dev.lockstep.script.Statements;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a statement does, told from its words alone. In doubt it says the worse.
/// Source of what blocks or breaks: experiments on PostgreSQL 15 with every form of ALTER TABLE, and the
/// documentation
/// of DROP.
final class Classifier {
    private static final Set<String> HOLDS_ROWS =
            Set.of("table", "schema", "database", "owned", "extension", "materialized");
    private static final Set<String> HARMLESS_DROPS =
            Set.of("index", "statistics", "policy", "rule", "cast", "operator");

    private Classifier() {}

    static Effect effect(Statement statement) {
        var first = statement.tokens().getFirst();
        if (first.type() != Token.Type.Word) {
            return of(statement, NEUTRAL, "", "");
        }
        return switch (first.text()) {
            case "create" -> create(statement);
            case "alter" -> alter(statement);
            case "drop" -> drop(statement);
            case "truncate" -> of(statement, DESTRUCTIVE, "empties a table", truncated(statement));
            case "merge" -> Deletion.byMerge(statement);
            case "revoke" -> of(statement, BREAKING, "takes rights away", "");
            case "do" -> hidden(statement);
            default -> Deletion.within(statement);
        };
    }

    private static Effect of(Statement statement, Weight weight, String why, String on) {
        return new Effect(weight, why, on, statement.line());
    }

    private static Effect create(Statement statement) {
        if (statement.begins("create", "unique", "index")) {
            return of(statement, BREAKING, "requires distinct values", indexed(statement));
        }
        return of(statement, ADDING, "adds something", indexed(statement));
    }

    private static String indexed(Statement statement) {
        for (int i = 0; i < statement.tokens().size() && statement.has("index"); i++) {
            if (statement.hasAt(i, "on")) {
                return new Reader(statement, i + 1).name();
            }
        }
        return created(statement).orElse("");
    }

    /// The table that it makes.
    static Optional<String> created(Statement statement) {
        var reader = new Reader(statement);
        if (!reader.take("create")) {
            return Optional.empty();
        }
        while (reader.takeAny(
                "global", "local", "temporary", "temp", "unlogged", "virtual", "materialized", "or", "replace")) {
            // These words stand before the kind and change nothing here.
        }
        return reader.takeAny("table", "view") ? Optional.of(reader.name()) : Optional.empty();
    }

    /// Tables and views whose names it takes away.
    static List<String> unnamed(Statement statement) {
        var reader = new Reader(statement, 1);
        if (statement.begins("drop")) {
            reader.take("materialized");
            return reader.takeAny("table", "view") ? reader.names() : List.of();
        }
        boolean moved = statement.begins("alter") && (statement.has("rename", "to") || statement.has("set", "schema"));
        reader.take("materialized");
        return moved && reader.takeAny("table", "view") ? List.of(reader.name()) : List.of();
    }

    private static Effect alter(Statement statement) {
        if (statement.begins("alter", "table")) {
            return new Alteration(statement).effect();
        }
        boolean index = statement.begins("alter", "index") || statement.begins("alter", "sequence");
        if (statement.has("rename") && !index || statement.has("set", "schema")) {
            return of(statement, BREAKING, "renames what older code names", "");
        }
        return of(statement, statement.begins("alter", "type") ? ADDING : NEUTRAL, "adds something", "");
    }

    private static Effect drop(Statement statement) {
        var reader = new Reader(statement, 1);
        var kind = reader.more() ? reader.next().text() : "";
        if (HARMLESS_DROPS.contains(kind)) {
            return of(statement, NEUTRAL, "", "");
        }
        reader.take("view");
        var names = reader.names();
        var on = names.size() == 1 ? names.getFirst() : "";
        boolean columns = statement.has("cascade") && (kind.equals("type") || kind.equals("domain"));
        return HOLDS_ROWS.contains(kind) || columns
                ? of(statement, DESTRUCTIVE, "drops a " + kind, on)
                : of(statement, BREAKING, "drops a " + kind, on);
    }

    private static String truncated(Statement statement) {
        var reader = new Reader(statement, 1);
        reader.take("table");
        var names = reader.names();
        return names.size() == 1 ? names.getFirst() : "";
    }

    /// A DO block or a function may run anything: its body, and the strings in it, are read as if they were statements.
    static Effect hidden(Statement statement) {
        var effects = statement.tokens().stream()
                .filter(token -> token.type() == Token.Type.Literal)
                .flatMap(token -> inside(token).stream())
                .toList();
        var worst = Effect.worst(effects, statement.line());
        return of(statement, worst.weight(), worst.why(), "");
    }

    private static List<Effect> inside(Token literal) {
        return Statements.inside(literal).stream()
                .flatMap(s -> pieces(s).stream())
                .toList();
    }

    private static List<Effect> pieces(Statement statement) {
        var starts = Set.of("create", "alter", "drop", "truncate", "delete", "merge", "revoke");
        var pieces = new ArrayList<Effect>();
        for (int i = 0; i < statement.tokens().size(); i++) {
            var token = statement.tokens().get(i);
            if (token.type() == Token.Type.Word && starts.contains(token.text())) {
                pieces.add(effect(new Statement(
                        statement.tokens().subList(i, statement.tokens().size()))));
            } else if (token.type() == Token.Type.Literal && token.text().length() > 8) {
                pieces.addAll(inside(token));
            }
        }
        return pieces;
    }
}
