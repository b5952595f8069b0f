package dev.lockstep.plugin;

import dev.lockstep.resource.Status;
import java.util.List;
import java.util.Optional;

/// What is told of a change that somebody has asked for.
final class Amending {
    private Amending() {}

    /// @param asked as the operator has taken it in; absent: it has not yet
    static List<String> lines(Standing standing, String words, Optional<Status.Amendment> asked) {
        var begins = "Asked of " + standing.path() + ": " + words;
        if (asked.isEmpty()) {
            return List.of(
                    begins,
                    "The operator has not taken it in yet: it may be down, or the resource may not be ready to be run;"
                            + " look with: " + Invocation.text(standing, "plan"));
        }
        var hash = Plain.of(Standing.text(asked.get().plan()));
        return List.of(
                begins,
                "It begins once somebody who may create schemamigrationapprovals in namespace " + standing.namespace()
                        + " agrees to " + hash + ":",
                "  " + Invocation.text(standing, "approve", "--plan", hash),
                "Then see: " + Invocation.text(standing, "status") + "; to call it off, remove the annotation: kubectl"
                        + " annotate schemamigration/" + standing.name() + " -n " + standing.namespace()
                        + " lockstep.dev/amend-");
    }
}
