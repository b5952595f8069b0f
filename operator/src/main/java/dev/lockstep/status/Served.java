package dev.lockstep.status;

import dev.lockstep.handover.Order;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.observed.Wish;

/// Whether what the target's code needs is there although something is still to be done. Ready tells of that and of
/// nothing else: a deployment must not wait for steps that wait for the deployment.
record Served(Observed observed) {

    /// Only contract steps of this very wish are left, and Ready has been said.
    boolean byWish() {
        return wasReady()
                && !observed.past().waiting().isEmpty()
                && observed.past().run().filter(this::isOfWish).isPresent();
    }

    /// Or nothing has been asked for anew since the history was changed.
    boolean byWishOrAmendment() {
        var amended = observed.past().run().filter(it -> it.order().equals(Order.AMEND));
        return byWish() || amended.isPresent() && wasReady();
    }

    boolean wasReady() {
        return observed.past().conditions().stream()
                .anyMatch(it -> it.type().equals("Ready") && it.status().equals("True"));
    }

    private boolean isOfWish(Past.Ran ran) {
        return observed.wanted() instanceof Wish wish
                && ran.order().equals(wish.fingerprint())
                && (ran.leg().contract() != Order.Contract.Hold || isDone(ran));
    }

    private static boolean isDone(Past.Ran ran) {
        return ran.end().filter(it -> it.result().equals(new Result.Done())).isPresent();
    }
}
