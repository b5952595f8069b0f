package dev.lockstep.script;

/// What the first letter of a script's name says.
public enum Kind {
    /// `V`: up, once.
    VERSIONED,
    /// `U`: down.
    UNDO,
    /// `R`: again whenever it changed.
    REPEATABLE
}
