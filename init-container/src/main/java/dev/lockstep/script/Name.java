package dev.lockstep.script;

import java.util.Optional;

/// What the name of a file says.
sealed interface Name {

    /// @param version empty for a repeatable
    /// @param description as Flyway records it: underscores are spaces
    record OfScript(Kind kind, Optional<Version> version, String description) implements Name {}

    /// @param event Flyway's word for the moment
    record OfCallback(String event, String description) implements Name {}

    /// Flyway passes over it in silence.
    ///
    /// @param meant somebody surely meant it as a script
    record Nobodys(boolean meant) implements Name {}
}
