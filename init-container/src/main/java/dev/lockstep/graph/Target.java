package dev.lockstep.graph;

import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where to go.
///
/// @param word as a person said it, for messages
/// @param tips the youngest revisions that are to be there
/// @param wanted all that is to be there: on the way up what must not be missing, on the way down what stays
public record Target(String word, List<Version> tips, Set<Version> wanted) {

    /// Where the way up leads.
    ///
    /// @param applied what the database has: `+n` counts from there
    /// @throws Refusal `MultipleHeads`, or `GraphInvalid` for a word that names nothing
    public static Target of(Graph graph, String word, Set<Version> applied) throws Refusal {
        return new Ascent(graph, word).to(Aim.parse(word), applied);
    }

    /// Where the way down leads. What does not descend from the target stays, as on other branches.
    ///
    /// @param applied what the database has and can lose
    /// @throws Refusal `MultipleHeads`, or `GraphInvalid` for a word that names nothing below
    public static Target below(Graph graph, String word, Set<Version> applied) throws Refusal {
        return new Descent(graph, word).to(Aim.parse(word), applied);
    }

    /// The newest version wanted; for several tips, too, the one that a column can show.
    public Optional<Version> newest() {
        return tips.stream().max(Version::compareTo);
    }
}
