package dev.lockstep.backup;

import java.util.Optional;

/// What a backup has to be.
///
/// @param most bytes that the estimate may come to; absent: any
public record Terms(Scope scope, Optional<Long> most) {
    public static final Terms USUAL = new Terms(Scope.Schema, Optional.empty());

    /// How much of the database is in it.
    public enum Scope {
        /// The whole schema, and every other that the plan may lose rows in.
        Schema,
        /// Definitions of all that, and rows of the tables that the plan may lose rows in.
        Touched
    }
}
