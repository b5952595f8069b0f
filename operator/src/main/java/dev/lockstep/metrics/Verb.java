package dev.lockstep.metrics;

import dev.lockstep.handover.Order;

/// What a run is there for.
enum Verb {
    run,
    amend,
    drift;

    /// @param order fingerprint of what it carries out; amendments and checks have their verb for one
    static Verb of(String order) {
        return switch (order) {
            case Order.AMEND -> amend;
            case Order.DRIFT -> drift;
            default -> run;
        };
    }
}
