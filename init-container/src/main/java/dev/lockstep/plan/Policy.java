package dev.lockstep.plan;

import dev.lockstep.script.Phase;
import java.util.Optional;

/// How far a run may go.
///
/// @param contract contract steps may run, and steps that take back
/// @param asks which steps wait for a word
/// @param approved the word: a plan's hash, or [#ANY]
/// @param identity the database, for the hash: an approval for one is none for another
public record Policy(boolean contract, Asks asks, Optional<String> approved, String identity) {
    /// Approves whatever the plan is.
    public static final String ANY = "any";

    /// Which steps wait for a word. The hash covers the same steps, so that no change of another one voids an
    /// approval.
    public enum Asks {
        never,
        /// About those that lose data.
        destructive,
        /// About those that lose data, and all contract steps.
        contract,
        always;

        boolean about(Step step) {
            return switch (this) {
                case never, destructive -> step.destructive();
                case contract -> step.destructive() || step.phase() == Phase.CONTRACT;
                case always -> true;
            };
        }
    }
}
