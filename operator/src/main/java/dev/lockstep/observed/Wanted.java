package dev.lockstep.observed;

import dev.lockstep.handover.Failure;

/// What the resource asks for: a [Wish] that can be ordered, or why there is none yet.
public sealed interface Wanted permits Wish, Wanted.Unclear {

    /// Nothing can be ordered, since the scripts are not there or cannot be carried.
    record Unclear(Failure failure) implements Wanted {}
}
