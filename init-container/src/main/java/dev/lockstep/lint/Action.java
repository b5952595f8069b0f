package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import java.util.ArrayList;
import java.util.List;

/// One action of an `ALTER TABLE`.
///
/// @param table as the statement names it, in lower case
/// @param clause its words, without the table
record Action(String table, Statement clause) {

    /// In their order; none for any other statement.
    static List<Action> of(Statement statement) {
        if (!statement.begins("alter", "table")) {
            return List.of();
        }
        var reader = new Reader(statement, 2);
        var table = reader.name();
        reader.take("*");
        var actions = new ArrayList<Action>();
        do {
            if (reader.more()) {
                actions.add(new Action(table, reader.clause()));
            }
        } while (reader.nextClause());
        return actions;
    }

    boolean begins(String... words) {
        return clause.begins(words);
    }

    boolean has(String... words) {
        return clause.has(words);
    }

    int line() {
        return clause.line();
    }

    /// `ADD [CONSTRAINT name] CHECK|UNIQUE|…`, not a column.
    boolean addsConstraint() {
        return begins("add", "constraint")
                || begins("add", "check")
                || begins("add", "unique")
                || begins("add", "primary")
                || begins("add", "foreign")
                || begins("add", "exclude");
    }

    boolean addsColumn() {
        return begins("add") && !addsConstraint();
    }

    /// The column that is added, altered, renamed or dropped; or the constraint.
    String member() {
        var reader = new Reader(clause, 1);
        reader.takeAny("column", "constraint");
        return reader.name();
    }
}
