package dev.lockstep.plan;

import dev.lockstep.graph.Revision;
import dev.lockstep.lint.Verdict;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Script;
import java.util.Optional;

/// One script to be run.
///
/// @param revision absent for a repeatable
/// @param verdict what it does, seen from this run
public record Step(Script script, Optional<Revision> revision, Verdict verdict, Direction direction) {

    /// What people call it: alias, version, or a repeatable's description.
    public String title() {
        return revision.map(Revision::title).orElse(script.description());
    }

    /// Version, or the repeatable's description.
    public String number() {
        return script.version().map(Object::toString).orElse(script.description());
    }

    /// A repeatable replaces what can be made again, so it contracts nothing.
    public Phase phase() {
        return script.kind() == Kind.REPEATABLE ? script.header().phase().orElse(Phase.EXPAND) : verdict.phase();
    }

    public boolean destructive() {
        return verdict.destructive();
    }

    public boolean breaking() {
        return script.kind() != Kind.REPEATABLE && verdict.breaking();
    }
}
