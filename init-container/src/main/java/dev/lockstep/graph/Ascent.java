package dev.lockstep.graph;

import static java.util.stream.Collectors.joining;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Resolves a target on the way up.
record Ascent(Graph graph, String word) {

    Target to(Aim aim, Set<Version> applied) throws Refusal {
        return switch (aim) {
            case Aim.Origin() -> new Target(word, List.of(), Set.of());
            case Aim.Forward(int steps) -> forward(steps, applied);
            case Aim.Back(int steps) -> throw refuse("leads down", "lockstep downgrade -" + steps);
            case Aim.Head() -> closure(graph.heads().isEmpty() ? List.of() : List.of(single(graph.heads())));
            case Aim.Heads() ->
                closure(graph.heads().stream().map(Revision::version).toList());
            case Aim.Named named -> closure(tips(named));
            case Aim.Beyond beyond -> closure(tips(beyond));
            case Aim.Branch branch -> closure(tips(branch));
        };
    }

    private Target closure(List<Version> tips) {
        return new Target(word, tips, graph.closure(tips));
    }

    private List<Version> tips(Aim.Named named) throws Refusal {
        return List.of(named(named.name()).version());
    }

    private List<Version> tips(Aim.Beyond beyond) throws Refusal {
        var at = named(beyond.name());
        for (int i = 0; i < beyond.steps(); i++) {
            var next = graph.children(at.version());
            if (next.isEmpty()) {
                throw refuse("goes " + (beyond.steps() - i) + " too far", "the last one there is " + at.title());
            }
            if (next.size() > 1) {
                throw refuse("may go on with " + titles(next), "name the one that is meant");
            }
            at = next.getFirst();
        }
        return List.of(at.version());
    }

    private List<Version> tips(Aim.Branch branch) throws Refusal {
        var start = graph.labelled(branch.label());
        if (start.isEmpty()) {
            throw refuse("names a label that no script has", "write 'Label: " + branch.label() + "' where it starts");
        }
        var on = graph.descendants(start.get().version());
        return List.of(single(graph.heads().stream()
                .filter(head -> on.contains(head.version()))
                .toList()));
    }

    Revision named(String name) throws Refusal {
        var named = graph.named(name);
        if (named.size() == 1) {
            return named.getFirst();
        }
        var message = named.isEmpty() ? "no script has the revision " + name : name + " may be " + titles(named);
        throw refuse(message, "lockstep history lists the revisions");
    }

    private static String titles(List<Revision> revisions) {
        return revisions.stream().map(Revision::title).collect(joining(" or "));
    }

    private Version single(List<Revision> heads) throws Refusal {
        if (heads.size() == 1) {
            return heads.getFirst().version();
        }
        var names = heads.stream().map(Revision::title).toList();
        throw new Refusal(
                Code.MultipleHeads,
                heads.getLast().up().file() + ":1",
                "there are " + heads.size() + " heads: " + String.join(", ", names),
                "lockstep merge -m MESSAGE " + String.join(" ", names)
                        + " writes a script that says 'Revises: " + String.join(", ", names)
                        + "'; or name a target, or heads");
    }

    private Target forward(int count, Set<Version> applied) throws Refusal {
        if (graph.heads().size() > 1) {
            single(graph.heads());
        }
        var next = graph.revisions().stream()
                .map(Revision::version)
                .filter(version -> !applied.contains(version))
                .limit(count)
                .toList();
        if (next.size() < count) {
            throw refuse("only " + next.size() + " revisions are pending", "use head to apply them all");
        }
        var wanted = new TreeSet<>(applied);
        wanted.addAll(next);
        return new Target(word, List.of(wanted.last()), graph.closure(List.copyOf(wanted)));
    }

    Refusal refuse(String message, String remedy) {
        return new Refusal(Code.GraphInvalid, word, message, remedy);
    }
}
