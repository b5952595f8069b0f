package dev.lockstep.plan;

import dev.lockstep.history.History;
import dev.lockstep.script.Version;
import java.util.Optional;

/// What a database stands on before a run.
///
/// @param building the history is empty, or was when the run began that is now taken up again: then everything
///     runs in one go
/// @param floor code of less than this version finds less than it needs
public record Ground(History history, boolean building, Optional<Version> floor) {}
