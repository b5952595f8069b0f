package dev.lockstep.dialect;

import java.util.List;
import java.util.Optional;

/// A change that two releases of an application have to live with at the same time.
public sealed interface Recipe {

    TableName table();

    /// The scripts in the order in which they run.
    default List<RecipeScript> scripts(Address address) {
        return switch (this) {
            case Replacement replacement -> new ReplacementScripts(replacement, keeping(replacement, address)).all();
            case Requirement requirement ->
                switch (address) {
                    case Address.Postgresql postgresql -> new PostgresqlRequirement(requirement).all();
                    case Address.Sqlite sqlite -> new SqliteRequirement(requirement).all();
                };
        };
    }

    private static Keeping keeping(Replacement replacement, Address address) {
        return switch (address) {
            case Address.Postgresql postgresql -> new PostgresqlKeeping(replacement);
            case Address.Sqlite sqlite -> new SqliteKeeping(replacement);
        };
    }

    /// A column gives way to others. Expressions are SQL over the columns of the table.
    ///
    /// @param was type of the old column; only the way back needs it
    /// @param columns the new ones, at least one
    /// @param back the old column's value, made of the new ones
    /// @param required the old column is NOT NULL
    record Replacement(
            TableName table, Identifier old, Optional<String> was, List<Column> columns, String back, boolean required)
            implements Recipe {
        public Replacement {
            columns = List.copyOf(columns);
        }
    }

    /// @param type without default, NOT NULL or collation
    /// @param from its value, made of the old column
    record Column(Identifier name, String type, String from) {}

    /// A column becomes NOT NULL.
    ///
    /// @param value SQL expression of what stands in for NULL
    record Requirement(TableName table, Identifier column, String value) implements Recipe {}
}
