package dev.lockstep.history;

import dev.lockstep.history.Ledger.State;
import dev.lockstep.script.Version;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What `lockstep_schema` says.
///
/// @param states of the versions, in their canonical spelling
/// @param floor pods that declare less are kept out
/// @param owner `namespace/name` of the resource that the database belongs to
/// @param building the first run of an empty database has begun and not come to its end
public record Marks(Map<Version, State> states, Optional<Version> floor, Optional<String> owner, boolean building) {
    public static final Marks NONE = new Marks(Map.of(), Optional.empty(), Optional.empty(), false);

    public Marks {
        states = Map.copyOf(states);
    }

    /// Began outside a transaction, up or down, and nobody has recorded the end.
    public Set<Version> unfinished() {
        return states.entrySet().stream()
                .filter(it -> it.getValue() == State.started || it.getValue() == State.leaving)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    public Optional<State> state(Version version) {
        return Optional.ofNullable(states.get(version));
    }
}
