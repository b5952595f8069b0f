package dev.lockstep.plan;

/// Which way a step leads.
public enum Direction {
    /// Brings a revision about.
    up,
    /// Takes it back.
    down
}
