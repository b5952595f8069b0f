package dev.lockstep.dialect;

import java.util.List;

/// What of a PostgreSQL database a backup holds.
///
/// @param schemas their definitions; the one that is migrated comes first
/// @param narrow rows of some tables only
/// @param without tables of these schemas whose rows stay out; none unless it is narrow
/// @param extensions without which it cannot be restored
public record Extent(List<String> schemas, boolean narrow, List<Table> without, List<String> extensions) {
    public Extent {
        schemas = List.copyOf(schemas);
        without = List.copyOf(without);
        extensions = List.copyOf(extensions);
    }

    /// One schema, of whose extensions nothing is known.
    public static Extent of(String schema) {
        return new Extent(List.of(schema), false, List.of(), List.of());
    }

    /// Is it neither less nor more than one schema?
    public boolean usual() {
        return schemas.size() == 1 && !narrow;
    }

    /// A table by its exact names.
    public record Table(String schema, String name) {
        /// As SQL and pg_dump's patterns write it.
        public String quoted() {
            return PostgresqlDialect.quote(schema) + "." + PostgresqlDialect.quote(name);
        }
    }
}
