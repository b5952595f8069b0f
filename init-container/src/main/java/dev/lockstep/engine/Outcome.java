package dev.lockstep.engine;

import dev.lockstep.backup.Backup;
import dev.lockstep.handover.Failure;
import dev.lockstep.plan.Plan;
import java.util.List;
import java.util.Optional;

/// How a run ended, however it ended.
///
/// @param revision newest applied version, as the database says after the run
/// @param tips the newest of each branch
/// @param floor pods that declare less are kept out
/// @param plan absent if the run failed before there was one
/// @param applied in the order in which they ran
/// @param blockers who was in the way, one line each
public record Outcome(
        Optional<Failure> failure,
        Optional<String> revision,
        List<String> tips,
        Optional<String> floor,
        Optional<Plan> plan,
        Optional<Backup> backup,
        List<Applied> applied,
        List<String> blockers) {
    public Outcome {
        tips = List.copyOf(tips);
        applied = List.copyOf(applied);
        blockers = List.copyOf(blockers);
    }
}
