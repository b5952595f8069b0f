package dev.lockstep.plugin;

import dev.lockstep.resource.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What waits for a person's yes.
sealed interface Asked {
    /// What the SchemaMigrationApproval names.
    String hash();

    /// Steps of the scripts.
    record Steps(String hash, List<Status.Step> steps) implements Asked {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /// A change of what the history says, or a restore.
    ///
    /// @param words the annotation's value
    record Change(String hash, String words) implements Asked {}

    /// The steps first.
    static List<Asked> of(Standing standing) {
        var all = new ArrayList<Asked>();
        standing.plan()
                .ifPresent(plan -> Optional.ofNullable(plan.hash())
                        .ifPresent(hash -> all.add(new Steps(hash, Standing.list(plan.steps())))));
        standing.waitingAmendment()
                .ifPresent(it -> all.add(new Change(Standing.text(it.plan()), Standing.text(it.words()))));
        return List.copyOf(all);
    }

    /// The one that a person means to agree to.
    ///
    /// @param plan the hash that was shown to them; absent: whatever waits, if it is one thing
    static Asked chosen(Standing standing, Optional<String> plan) throws Refused {
        var all = of(standing);
        if (!standing.isAnswered()) throw unsettled(standing);
        if (all.isEmpty()) throw nothing(standing, plan);
        if (plan.isPresent()) {
            return all.stream()
                    .filter(it -> it.hash().equals(plan.get()))
                    .findFirst()
                    .orElseThrow(() -> changed(standing));
        }
        if (all.size() > 1) throw several(standing, all);
        return all.getFirst();
    }

    /// Is it asked in the same words still?
    static void refuseChanged(Standing now, Asked shown) throws Refused {
        if (!now.isAnswered() || !of(now).contains(shown)) throw changed(now);
    }

    private static Refused unsettled(Standing standing) {
        return refused(
                standing,
                "the spec has changed, and the operator has not answered it yet",
                "wait a moment: " + Invocation.text(standing, "status", "-w"));
    }

    private static Refused nothing(Standing standing, Optional<String> plan) {
        return plan.isPresent()
                ? changed(standing)
                : refused(
                        standing,
                        "nothing waits for a yes",
                        Invocation.text(standing, "status") + " tells where it is");
    }

    private static Refused changed(Standing standing) {
        return refused(
                standing,
                "the plan has changed since it was shown; nothing was approved",
                "look at the new one: " + Invocation.text(standing, "plan"));
    }

    private static Refused several(Standing standing, List<Asked> all) {
        var hashes = all.stream().map(Asked::hash).toList();
        return refused(standing, "several things wait for a yes", "name one by --plan: " + String.join(" or ", hashes));
    }

    private static Refused refused(Standing standing, String message, String remedy) {
        return new Refused(Problem.Kind.NotNow, standing.path(), message, remedy);
    }
}
