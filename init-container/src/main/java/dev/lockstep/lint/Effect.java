package dev.lockstep.lint;

import java.util.List;

/// What one statement does to data and to the code of the release before it.
///
/// @param weight the worst of it
/// @param why in a few words, for messages; empty for [Weight#NEUTRAL]
/// @param on the object concerned, in lower case as written; empty where the statement does not say
/// @param line from 1
public record Effect(Weight weight, String why, String on, int line) {

    /// From harmless to worst.
    public enum Weight {
        /// Neither adds nor takes: reads, rows, comments, rights.
        NEUTRAL,
        /// Adds what nobody uses yet.
        ADDING,
        /// The older code may fail on it.
        BREAKING,
        /// Data are lost.
        DESTRUCTIVE
    }

    boolean contracts() {
        return weight.compareTo(Weight.BREAKING) >= 0;
    }

    static Effect worst(List<Effect> effects, int line) {
        var worst = new Effect(Weight.NEUTRAL, "", "", line);
        for (var effect : effects) {
            worst = effect.weight().compareTo(worst.weight()) > 0 ? effect : worst;
        }
        return worst;
    }
}
