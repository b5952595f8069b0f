package dev.lockstep.history;

import dev.lockstep.history.Ledger.State;
import dev.lockstep.script.Version;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `lockstep_schema` says.
///
/// @param states of the versions, in their canonical spelling
/// @param passed the newest contract step that keeps out what declares less, for it has run, or has begun
/// @param closed versions for which it is kept out though nothing of them has run yet
/// @param owner `namespace/name` of the resource that the database belongs to
/// @param building the first run of an empty database has begun and not come to its end
/// @param failed the newest run has ended at a script that somebody has to mend
public record Marks(
        Map<Version, State> states,
        Optional<Version> passed,
        Set<Version> closed,
        Optional<String> owner,
        boolean building,
        boolean failed) {
    public static final Marks NONE = new Marks(Map.of(), Optional.empty(), Set.of(), Optional.empty(), false, false);

    public Marks {
        states = Map.copyOf(states);
        closed = Set.copyOf(closed);
    }

    /// Pods that declare less are kept out.
    public Optional<Version> floor() {
        return Stream.concat(passed.stream(), closed.stream()).max(Version::compareTo);
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
