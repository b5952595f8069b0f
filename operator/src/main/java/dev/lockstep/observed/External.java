package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;

/// A backup that somebody else has taken, as an annotation names it.
public final class External {
    /// The annotation with the name.
    public static final String BACKUP = "lockstep.dev/external-backup";

    private External() {}

    /// Absent where none is named.
    public static Optional<String> named(ObjectMeta metadata) {
        return Optional.ofNullable(Absent.or(metadata.getAnnotations(), Map.<String, String>of())
                        .get(BACKUP))
                .filter(it -> !it.isBlank());
    }

    /// One that a run has gone on with holds the state before that run, and no later one.
    static Optional<String> fresh(ObjectMeta metadata, Past past) {
        return named(metadata)
                .filter(name -> past.backup()
                        .filter(it -> name.equals(it.name()))
                        .filter(it -> !Absent.or(it.revision(), "")
                                .equals(past.revision().orElse("")))
                        .isEmpty());
    }
}
