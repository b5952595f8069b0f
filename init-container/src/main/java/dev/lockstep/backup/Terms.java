package dev.lockstep.backup;

import java.util.Optional;

/// What a backup has to be.
///
/// @param occasion before which runs
/// @param most bytes that the estimate may come to; absent: any
/// @param external somebody else takes it; absent: the run does
public record Terms(Occasion occasion, Scope scope, Optional<Long> most, Proof proof, Optional<External> external) {
    public static final Terms USUAL =
            new Terms(Occasion.Always, Scope.Schema, Optional.empty(), Proof.Decode, Optional.empty());

    /// @param name of one that is finished; absent: none has been named
    public record External(Optional<String> name) {}

    /// Before which runs it is taken.
    public enum Occasion {
        Always,
        /// Those that may lose rows or columns, or of which that cannot be told.
        Destructive
    }

    /// How much of the database is in it.
    public enum Scope {
        /// The whole schema, and every other that the plan may lose rows in.
        Schema,
        /// Definitions of all that, and rows of the tables that the plan may lose rows in.
        Touched
    }

    /// How it is shown to be whole.
    public enum Proof {
        /// It is read from its first byte to its last.
        Decode,
        /// It is restored beside the database and compared with it.
        Restore
    }
}
