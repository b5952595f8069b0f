package dev.lockstep.graph;

import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;

/// A versioned script in its place.
///
/// @param up what brings it about
/// @param down what takes it back, if somebody wrote that
/// @param parents the revisions that it follows
/// @param depends what must be applied too
public record Revision(Script up, Optional<Script> down, List<Version> parents, List<Version> depends) {
    public Revision {
        parents = List.copyOf(parents);
        depends = List.copyOf(depends);
    }

    public Version version() {
        return up.number();
    }

    /// What people call it: the alias, else the version.
    public String title() {
        return up.header().alias().orElse(version().text());
    }
}
