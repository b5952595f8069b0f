package dev.lockstep.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// When a script may run beside the code of the release before it.
public enum Phase {
    /// Both releases live with it.
    EXPAND,
    /// Moves data between the two shapes.
    MIGRATE,
    /// Takes away what the older release needs.
    CONTRACT;

    /// The word of the header, in any case.
    static Optional<Phase> parse(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /// As the header writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
