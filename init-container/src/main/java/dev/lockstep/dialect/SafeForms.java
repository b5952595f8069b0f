package dev.lockstep.dialect;

import java.util.List;

/// PostgreSQL's ways to the same schema that keep nobody waiting, a statement a line.
/// Source: PostgreSQL documentation, ALTER TABLE, Notes; CREATE INDEX, "Building Indexes Concurrently".
public final class SafeForms {
    private SafeForms() {}

    /// @param action the words behind the table's name
    public static String altered(String table, String action) {
        return "alter table " + table + " " + action + ";";
    }

    /// A constraint that new rows keep at once.
    ///
    /// @param action `add constraint …`
    public static String notValid(String table, String action) {
        return altered(table, action + " not valid");
    }

    /// The proof for the rows that were there.
    public static String validated(String table, String constraint) {
        return altered(table, "validate constraint " + constraint);
    }

    /// The index that a constraint is to rest on.
    public static String index(String table, String constraint, List<String> columns) {
        return "create unique index concurrently %s on %s (%s);"
                .formatted(constraint, table, String.join(", ", columns));
    }

    /// @param kind `unique` or `primary key`
    public static String onIndex(String table, String constraint, String kind) {
        return altered(table, "add constraint %s %s using index %s".formatted(constraint, kind, constraint));
    }
}
