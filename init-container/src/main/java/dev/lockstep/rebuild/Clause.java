package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One constraint, of a column or of the whole table; SQLite counts DEFAULT, COLLATE and GENERATED among them.
///
/// @param name without quotes, where it has one
/// @param lead space and comments before it
/// @param text as written, its `CONSTRAINT name` included
record Clause(Kind kind, Optional<String> name, String lead, String text) {
    enum Kind {
        PrimaryKey,
        Unique,
        Check,
        ForeignKey,
        NotNull,
        Null,
        Default,
        Collate,
        Generated,
        /// `CONSTRAINT name` and nothing behind it, which SQLite lets pass.
        Empty
    }

    static Clause of(Kind kind, String text) {
        return new Clause(kind, Optional.empty(), " ", text);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /// May PostgreSQL's DROP CONSTRAINT take it?
    boolean isConstraint() {
        return switch (kind) {
            case PrimaryKey, Unique, Check, ForeignKey, NotNull -> true;
            case Null, Default, Collate, Generated, Empty -> false;
        };
    }

    String whole() {
        return lead + text;
    }

    Clause withLead(String other) {
        return new Clause(kind, name, other, text);
    }

    Clause withText(String other) {
        return new Clause(kind, name, lead, other);
    }

    boolean says(String word) {
        return Lexemes.of(text).stream().anyMatch(lexeme -> lexeme.is(word));
    }

    /// The columns of a table's key, in order; none for a CHECK.
    List<String> columns() {
        var cursor = Cursor.of(text);
        var columns = new ArrayList<String>();
        while (cursor.more() && !cursor.looks("(") && kind != Kind.Check) {
            cursor.next();
        }
        try {
            while (cursor.take("(") || cursor.take(",")) {
                columns.add(cursor.name().name());
                cursor.until(",", ")");
            }
        } catch (Refusal broken) {
            return List.of();
        }
        return columns;
    }

    /// The table that a foreign key refers to.
    Optional<String> parent() {
        var cursor = Cursor.of(text);
        while (cursor.more() && !cursor.take("references")) {
            cursor.next();
        }
        return cursor.more() ? Optional.of(cursor.next().name()) : Optional.empty();
    }

    /// The same under another name.
    Clause renamed(Lexeme to) {
        var cursor = Cursor.of(text);
        if (!cursor.take("constraint")) {
            return new Clause(kind, Optional.of(to.name()), lead, "CONSTRAINT " + to.text() + " " + text);
        }
        var old = cursor.next();
        return new Clause(
                kind,
                Optional.of(to.name()),
                lead,
                text.substring(0, old.start()) + to.text() + text.substring(old.end()));
    }
}
