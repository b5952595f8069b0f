package dev.lockstep.script;

/// How a project writes its scripts.
///
/// @param mixed one script may have statements that need a transaction and statements that bear none
public record Conventions(Naming naming, Placeholders placeholders, boolean mixed) {
    /// What Flyway does if nobody says otherwise.
    public static final Conventions FLYWAY = new Conventions(Naming.FLYWAY, Placeholders.NONE, false);
}
