package dev.lockstep.lint;

import static dev.lockstep.lint.Effect.Weight.ADDING;
import static dev.lockstep.lint.Effect.Weight.BREAKING;
import static dev.lockstep.lint.Effect.Weight.DESTRUCTIVE;
import static dev.lockstep.lint.Effect.Weight.NEUTRAL;

import dev.lockstep.lint.Effect.Weight;
import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `ALTER TABLE`, action by action.
/// Source: PostgreSQL documentation, ALTER TABLE; SQLite "ALTER TABLE".
final class Alteration {
    /// Types that hold every value of the types people move away from to them.
    private static final Set<String> WIDE = Set.of("text", "bigint", "int8", "jsonb", "timestamptz", "numeric");

    private final Statement statement;

    Alteration(Statement statement) {
        this.statement = statement;
    }

    Effect effect() {
        var reader = new Reader(statement, 2);
        var table = reader.name();
        reader.take("*");
        var effects = new ArrayList<Effect>();
        do {
            effects.add(action(reader, table));
        } while (reader.nextClause());
        return Effect.worst(effects, statement.line());
    }

    private Effect action(Reader reader, String table) {
        if (!reader.more()) {
            return effect(NEUTRAL, "", table);
        }
        var clause = reader.clause();
        int line = clause.line();
        var found = List.of("add", "drop", "alter", "rename", "set", "disable").stream()
                .filter(clause::begins)
                .findFirst()
                .orElse("");
        return switch (found) {
            case "add" -> new Effect(adding(clause), "adds a rule that older code may break", table, line);
            case "drop" -> drop(clause, table);
            case "alter" -> alter(clause, table);
            case "rename" -> rename(clause, table);
            case "set" -> new Effect(clause.begins("set", "schema") ? BREAKING : NEUTRAL, "moves a table", table, line);
            case "disable" -> new Effect(BREAKING, "switches a trigger or rule off", table, line);
            default -> new Effect(NEUTRAL, "", table, line);
        };
    }

    private static Weight adding(Statement clause) {
        boolean constraint = clause.begins("add", "constraint")
                || clause.begins("add", "check")
                || clause.begins("add", "unique")
                || clause.begins("add", "primary")
                || clause.begins("add", "foreign")
                || clause.begins("add", "exclude");
        boolean required = clause.has("not", "null") && !clause.has("default") && !clause.has("generated");
        return constraint || required ? BREAKING : ADDING;
    }

    private static Effect drop(Statement clause, String table) {
        if (clause.begins("drop", "constraint")) {
            return new Effect(NEUTRAL, "", table, clause.line());
        }
        return new Effect(DESTRUCTIVE, "drops a column", table, clause.line());
    }

    private static Effect alter(Statement clause, String table) {
        if (clause.has("set", "not", "null")) {
            return new Effect(BREAKING, "requires a value", table, clause.line());
        }
        if (clause.has("drop", "default") || clause.has("drop", "identity")) {
            return new Effect(BREAKING, "takes a default away", table, clause.line());
        }
        int type = indexOfType(clause);
        if (type >= 0 && !widens(clause, type)) {
            return new Effect(BREAKING, "changes a type", table, clause.line());
        }
        return new Effect(NEUTRAL, "", table, clause.line());
    }

    private static int indexOfType(Statement clause) {
        for (int i = 2; i < clause.tokens().size(); i++) {
            if (clause.hasAt(i, "type")) {
                return i;
            }
        }
        return -1;
    }

    private static boolean widens(Statement clause, int type) {
        var tokens = clause.tokens();
        boolean wide =
                type + 1 < tokens.size() && WIDE.contains(tokens.get(type + 1).text());
        boolean bounded = clause.hasAt(type + 2, "(");
        return wide && !bounded;
    }

    private static Effect rename(Statement clause, String table) {
        boolean inner = clause.begins("rename", "constraint");
        return new Effect(
                inner ? NEUTRAL : BREAKING, inner ? "" : "renames what older code names", table, clause.line());
    }

    private Effect effect(Weight weight, String why, String on) {
        return new Effect(weight, why, on, statement.line());
    }

    /// Tables that it names beside its own, by foreign keys.
    static List<String> references(Statement statement) {
        var tables = new ArrayList<String>();
        for (int i = 0; i < statement.tokens().size(); i++) {
            Token token = statement.tokens().get(i);
            if (token.is("references")) {
                tables.add(new Reader(statement, i + 1).name());
            }
        }
        return tables;
    }
}
