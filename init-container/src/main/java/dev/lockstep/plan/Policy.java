package dev.lockstep.plan;

import java.util.Optional;

/// How far a run may go.
///
/// @param contract contract steps may run
/// @param approvalNeeded steps that lose data wait for a word
/// @param approved the word: a plan's hash, or [#ANY]
/// @param identity the database, for the hash: an approval for one is none for another
public record Policy(boolean contract, boolean approvalNeeded, Optional<String> approved, String identity) {
    /// Approves whatever the plan is.
    public static final String ANY = "any";

    boolean approves(String hash) {
        return !approvalNeeded
                || approved.filter(word -> word.equals(ANY) || word.equals(hash))
                        .isPresent();
    }
}
