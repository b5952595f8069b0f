package dev.lockstep.engine;

import dev.lockstep.plan.Direction;

/// Where a run is to lead.
///
/// @param target `head`, `heads`, `base`, a revision, `REV+n`, `LABEL@head`, `+n` or `-n`
/// @param takesBack a run that fails takes back what it applied
/// @param closesGate pods are kept out from now on: on the way up those that declare less than the target, on the
///     way down those that declare what is to be taken back
/// @param yields a database that is ahead is left to the run that leads it down
public record Goal(Direction direction, String target, boolean takesBack, boolean closesGate, boolean yields) {
    public static Goal up(String target) {
        return new Goal(Direction.up, target, false, false, false);
    }

    public static Goal down(String target) {
        return new Goal(Direction.down, target, false, false, false);
    }
}
