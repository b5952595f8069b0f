package dev.lockstep.plugin;

import java.util.List;

/// What a script wants to know of a resource.
enum Verdict {
    /// What the target's code needs is there.
    Ready(0),
    /// A person has to act.
    Stalled(1),
    /// Not yet: a run is at work or tried again, a yes or a window is waited for, or the operator has not answered.
    Pending(3);

    private final int exit;

    Verdict(int exit) {
        this.exit = exit;
    }

    int exit() {
        return exit;
    }

    /// Of many the one that is least good.
    static Verdict worst(List<Verdict> all) {
        if (all.contains(Stalled)) return Stalled;
        return all.contains(Pending) ? Pending : Ready;
    }
}
