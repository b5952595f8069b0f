package dev.lockstep.plan;

/// A step that does not run now.
public record Held(Step step, Reason reason) {

    /// Why it waits.
    public enum Reason {
        /// It loses data and nobody has said yes.
        approval,
        /// The older release may still need what it takes away.
        contract,
        /// It comes after a step that waits.
        order
    }
}
