package dev.lockstep.graph;

import dev.lockstep.handover.Code;
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
    /// The baseline of a history that begins with the first script.
    public static final Version BEFORE_ALL = new Version("0");

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
    /// @param baseline where its history begins, if it does not begin with a script
    /// @throws Refusal `MultipleHeads`, or `GraphInvalid` for a word that names nothing below
    public static Target below(Graph graph, String word, Set<Version> applied, Optional<Version> baseline)
            throws Refusal {
        return new Descent(graph, word, baseline).to(Aim.parse(word), applied);
    }

    /// A baseline stands for what nobody has scripts of, so nothing leads below it.
    ///
    /// @throws Refusal `GraphInvalid`
    public void refuseBelow(Optional<Version> baseline) throws Refusal {
        var below = baseline.filter(
                base -> base.compareTo(BEFORE_ALL) > 0 && tips.stream().allMatch(tip -> tip.compareTo(base) < 0));
        if (below.isPresent()) {
            throw new Refusal(
                    Code.GraphInvalid,
                    word,
                    "the history begins at the baseline " + below.get() + ", and nothing leads below it",
                    "name " + below.get() + " or a later revision");
        }
    }

    /// The newest version wanted; for several tips, too, the one that a column can show.
    public Optional<Version> newest() {
        return tips.stream().max(Version::compareTo);
    }
}
