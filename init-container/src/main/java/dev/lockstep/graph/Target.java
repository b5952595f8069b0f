package dev.lockstep.graph;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where to go, as a person says it: `head`, `heads`, a revision, or `+n`.
///
/// @param word as it was said, for messages
/// @param tips the youngest revisions wanted
/// @param wanted the tips and all that they need, oldest first
public record Target(String word, List<Version> tips, Set<Version> wanted) {
    private static final Pattern STEPS = Pattern.compile("\\+(\\d{1,6})");

    /// Resolves a target's word.
    ///
    /// @param applied what the database has: `+n` counts from there
    /// @throws Refusal `MultipleHeads`, or `GraphInvalid` for a word that names nothing
    public static Target of(Graph graph, String word, Set<Version> applied) throws Refusal {
        var steps = STEPS.matcher(word);
        if (steps.matches()) {
            return steps(graph, word, applied, Integer.parseInt(steps.group(1)));
        }
        var tips = switch (word) {
            case "head" -> head(graph);
            case "heads" -> versions(graph.heads());
            default -> List.of(one(graph, word).version());
        };
        return new Target(word, tips, graph.closure(tips));
    }

    /// The newest version wanted; for several tips, too, the one that a column can show.
    public Optional<Version> newest() {
        return tips.stream().max(Version::compareTo);
    }

    private static List<Version> versions(List<Revision> revisions) {
        return revisions.stream().map(Revision::version).toList();
    }

    private static List<Version> head(Graph graph) throws Refusal {
        var heads = graph.heads();
        if (heads.size() > 1) {
            var names = heads.stream().map(Revision::title).collect(Collectors.joining(", "));
            throw new Refusal(
                    Code.MultipleHeads,
                    heads.getLast().up().file() + ":1",
                    "there are " + heads.size() + " heads: " + names,
                    "write a script whose header says 'Revises: " + names + "', or name a target");
        }
        return versions(heads);
    }

    private static Revision one(Graph graph, String word) throws Refusal {
        var named = graph.named(word);
        if (named.size() == 1) {
            return named.getFirst();
        }
        var message = named.isEmpty()
                ? "no script has the revision " + word
                : word + " may be " + named.stream().map(Revision::title).collect(Collectors.joining(" or "));
        throw new Refusal(Code.GraphInvalid, word, message, "lockstep history lists the revisions");
    }

    private static Target steps(Graph graph, String word, Set<Version> applied, int count) throws Refusal {
        head(graph);
        var wanted = new TreeSet<>(applied);
        var next = graph.revisions().stream()
                .map(Revision::version)
                .filter(version -> !applied.contains(version))
                .limit(count)
                .toList();
        if (next.size() < count) {
            throw new Refusal(
                    Code.GraphInvalid,
                    word,
                    "only " + next.size() + " revisions are pending",
                    "use head to apply them all");
        }
        wanted.addAll(next);
        return new Target(word, List.of(wanted.last()), graph.closure(List.copyOf(wanted)));
    }
}
