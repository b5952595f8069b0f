package dev.lockstep.rebuild;

import dev.lockstep.rebuild.Clause.Kind;

/// What SQLite 3.54.1 does by itself, without copying rows; found out by trying each form.
final class Natively {
    private Natively() {}

    /// Can it add this column? Not a key, not a stored column, not a default that differs from row to row, and no NOT
    /// NULL without a default even to an empty table.
    /// Source: SQLite documentation, "ALTER TABLE ADD COLUMN".
    static boolean adds(Member.Column column) {
        boolean stored = column.clause(Kind.Generated)
                .filter(clause -> clause.says("stored"))
                .isPresent();
        boolean varies = column.clause(Kind.Default)
                .filter(clause -> !Defaults.isConstant(clause))
                .isPresent();
        boolean valued = column.clause(Kind.Default)
                .filter(clause -> !Defaults.isNull(clause))
                .isPresent();
        boolean key = column.has(Kind.PrimaryKey) || column.has(Kind.Unique);
        return !stored && !varies && !key && (valued || !column.has(Kind.NotNull));
    }

    /// Is the column computed from the other?
    static boolean computes(Member.Column column, String from) {
        return !Names.same(column.name(), from)
                && column.clause(Kind.Generated)
                        .filter(clause -> Names.mentions(clause.text(), from))
                        .isPresent();
    }

    /// The clause as it has to stand: of a computed column only the expression is new.
    static Clause expressed(Member.Column column, Clause clause) {
        var old = column.clause(Kind.Generated);
        if (!clause.is(Kind.Generated) || old.isEmpty()) {
            return clause;
        }
        var text = old.get().text();
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        return old.get().withText(text.substring(0, open) + clause.text() + text.substring(close + 1));
    }
}
