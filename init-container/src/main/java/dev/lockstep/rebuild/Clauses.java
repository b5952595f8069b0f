package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads constraints.
/// Source: SQLite's `parse.y`, rules `ccons` and `tcons`.
final class Clauses {
    private static final String[] RULES = {"constraint", "primary", "unique", "check", "foreign"};
    private static final String[] COLUMN_RULES = {
        "constraint",
        "primary",
        "not",
        "null",
        "unique",
        "check",
        "default",
        "collate",
        "references",
        "as",
        "deferrable",
        "initially"
    };

    private Clauses() {}

    /// Does a constraint of the table begin here? The words are reserved, so a column that is called so has quotes.
    static boolean rules(Cursor cursor) {
        return cursor.looksAny(RULES);
    }

    /// Does a constraint of a column begin here?
    static boolean begins(Cursor cursor) {
        return cursor.looksAny(COLUMN_RULES) || cursor.looks("generated", "always");
    }

    static List<Clause> ofColumn(Cursor cursor) throws Refusal {
        var clauses = new ArrayList<Clause>();
        while (begins(cursor)) {
            var lead = cursor.gap();
            int start = cursor.mark();
            var name = named(cursor);
            var kind = columnKind(cursor, name.isPresent());
            clauses.add(new Clause(kind, name, lead, cursor.since(start)));
        }
        return clauses;
    }

    static Clause ofTable(Cursor cursor) throws Refusal {
        int start = cursor.mark();
        var name = named(cursor);
        var kind = tableKind(cursor);
        return new Clause(kind, name, "", cursor.since(start));
    }

    private static Optional<String> named(Cursor cursor) throws Refusal {
        return cursor.take("constraint") ? Optional.of(cursor.name().name()) : Optional.empty();
    }

    private static Kind columnKind(Cursor cursor, boolean named) throws Refusal {
        if (cursor.take("primary", "key")) {
            skipAny(cursor, "asc", "desc");
            conflict(cursor);
            skipAny(cursor, "autoincrement");
            return Kind.PrimaryKey;
        }
        if (cursor.take("not", "null")) {
            conflict(cursor);
            return Kind.NotNull;
        }
        if (cursor.take("null")) {
            conflict(cursor);
            return Kind.Null;
        }
        if (cursor.take("unique")) {
            conflict(cursor);
            return Kind.Unique;
        }
        if (cursor.take("check")) {
            cursor.group();
            conflict(cursor);
            return Kind.Check;
        }
        return lateKind(cursor, named);
    }

    private static Kind lateKind(Cursor cursor, boolean named) throws Refusal {
        if (cursor.take("default")) {
            value(cursor);
            return Kind.Default;
        }
        if (cursor.take("collate")) {
            cursor.name();
            return Kind.Collate;
        }
        if (cursor.take("generated", "always", "as") || cursor.take("as")) {
            cursor.group();
            skipAny(cursor, "stored", "virtual");
            return Kind.Generated;
        }
        if (cursor.looks("references")) {
            reference(cursor);
            return Kind.ForeignKey;
        }
        if (named) {
            return Kind.Empty;
        }
        throw cursor.unexpected();
    }

    /// The first piece is a value whatever it is called; SQLite allows no more, PostgreSQL any expression without NOT,
    /// AND, IN.
    private static void value(Cursor cursor) throws Refusal {
        if (cursor.looks("(")) {
            cursor.group();
        } else {
            cursor.next();
        }
        while (cursor.more() && !begins(cursor) && !cursor.looksAny(",", ")")) {
            if (cursor.looks(":", ":")) {
                throw cursor.unexpected();
            }
            if (cursor.looks("(")) {
                cursor.group();
            } else {
                cursor.next();
            }
        }
    }

    private static Kind tableKind(Cursor cursor) throws Refusal {
        if (cursor.take("check")) {
            cursor.group();
            conflict(cursor);
            return Kind.Check;
        }
        if (cursor.take("foreign", "key")) {
            cursor.group();
            reference(cursor);
            return Kind.ForeignKey;
        }
        boolean unique = cursor.take("unique");
        if (!unique && !cursor.take("primary", "key")) {
            throw cursor.unexpected();
        }
        cursor.group();
        conflict(cursor);
        return unique ? Kind.Unique : Kind.PrimaryKey;
    }

    private static void skipAny(Cursor cursor, String... words) {
        if (cursor.looksAny(words)) {
            cursor.next();
        }
    }

    private static void conflict(Cursor cursor) {
        if (cursor.take("on", "conflict")) {
            cursor.next();
        }
    }

    private static void reference(Cursor cursor) throws Refusal {
        if (!cursor.take("references")) {
            throw cursor.unexpected();
        }
        cursor.name();
        if (cursor.looks("(")) {
            cursor.group();
        }
        while (refers(cursor)) {
            // Each turn takes one of what may follow in any order.
        }
    }

    private static boolean refers(Cursor cursor) throws Refusal {
        if (cursor.take("on", "delete") || cursor.take("on", "update") || cursor.take("on", "insert")) {
            skipAny(cursor, "set", "no");
            cursor.next();
            return true;
        }
        if (cursor.take("match")) {
            cursor.name();
            return true;
        }
        if (cursor.take("initially")) {
            cursor.name();
            return true;
        }
        return cursor.take("not", "deferrable") || cursor.take("deferrable");
    }
}
