package dev.lockstep.graph;

import static java.util.stream.Collectors.joining;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Resolves a target on the way down.
///
/// @param baseline where the history begins, if it does not begin with a script
record Descent(Graph graph, String word, Optional<Version> baseline) {

    Target to(Aim aim, Set<Version> applied) throws Refusal {
        return switch (aim) {
            case Aim.Origin() -> origin();
            case Aim.Back(int steps) -> back(steps, applied);
            case Aim.Forward forward -> throw upwards();
            case Aim.Branch branch -> throw upwards();
            case Aim.Head head -> throw upwards();
            case Aim.Heads heads -> throw upwards();
            case Aim.Named named -> to(ascent().to(named, applied), applied);
            case Aim.Beyond beyond -> to(ascent().to(beyond, applied), applied);
        };
    }

    private Target origin() throws Refusal {
        var origin = new Target(word, List.of(), Set.of());
        origin.refuseBelow(baseline);
        return origin;
    }

    private Ascent ascent() {
        return new Ascent(graph, word);
    }

    private Refusal upwards() {
        return ascent().refuse("leads up", "lockstep upgrade " + word);
    }

    /// Versions that the files do not know were applied by newer ones, so they descend from everything.
    private Target to(Target named, Set<Version> applied) throws Refusal {
        var tip = named.tips().getFirst();
        named.refuseBelow(baseline);
        if (!applied.contains(tip) && !baseline.equals(Optional.of(tip))) {
            throw ascent().refuse("is not applied, so there is no way down to it", "lockstep current says where it is");
        }
        var gone = graph.descendants(tip);
        var stays = new TreeSet<>(applied);
        stays.removeIf(version -> !version.equals(tip)
                && (gone.contains(version) || graph.find(version).isEmpty() && version.compareTo(tip) > 0));
        return new Target(word, List.of(tip), stays);
    }

    private Target back(int count, Set<Version> applied) throws Refusal {
        var tips = graph.tips(applied);
        if (tips.size() > 1) {
            var names = tips.stream().map(Revision::title).collect(joining(", "));
            throw new Refusal(
                    Code.MultipleHeads,
                    word,
                    "the database is at several revisions: " + names,
                    "name the revision to go down to");
        }
        var stays = new TreeSet<>(applied);
        if (stays.size() < count) {
            throw ascent().refuse("only " + stays.size() + " revisions are applied", "use base to take all back");
        }
        for (int i = 0; i < count; i++) {
            stays.removeLast();
        }
        var newest = stays.isEmpty() ? List.<Version>of() : List.of(stays.last());
        return new Target(word, newest, stays);
    }
}
