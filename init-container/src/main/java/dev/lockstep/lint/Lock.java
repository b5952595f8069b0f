package dev.lockstep.lint;

/// What a statement does to a table that others use.
///
/// @param table as the statement names it, in lower case
/// @param work what it does while it holds the lock
public record Lock(String table, Strength strength, Work work) {

    /// From short to as long as the table is large.
    public enum Work {
        nothing,
        scans,
        builds,
        rewrites
    }
}
