package dev.lockstep.observed;

import org.jspecify.annotations.Nullable;

/// The API server fills a default in only where its parent is written; this fills in the rest.
final class Absent {
    private Absent() {}

    static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
