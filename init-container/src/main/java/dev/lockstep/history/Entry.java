package dev.lockstep.history;

import dev.lockstep.script.Version;
import java.util.Optional;

/// One row of Flyway's table.
///
/// @param version absent for a repeatable
/// @param type `SQL`, `BASELINE`, `DELETE` …
/// @param checksum absent where Flyway recorded none
public record Entry(
        int rank,
        Optional<Version> version,
        String description,
        String type,
        String script,
        Optional<Integer> checksum,
        boolean success) {}
