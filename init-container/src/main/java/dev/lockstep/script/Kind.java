package dev.lockstep.script;

/// What the first letter of a script's name says.
public enum Kind {
    /// `V`: up, once.
    VERSIONED,
    /// `U`: down.
    UNDO,
    /// `R`: again whenever it changed.
    REPEATABLE,
    /// `B`: stands for every version up to its own, where the history is empty.
    BASELINE
}
