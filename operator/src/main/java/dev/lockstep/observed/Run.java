package dev.lockstep.observed;

import dev.lockstep.handover.Progress;
import dev.lockstep.handover.Report;
import java.time.Instant;
import java.util.Optional;

/// One Job of a resource.
///
/// @param order fingerprint of the [Wish] that it carries
/// @param number the how-manieth run of the resource
/// @param attempt the how-manieth at this order
/// @param leg how far it may go
/// @param createdAt when the Job was made
/// @param words of a person that it answers
/// @param savedAs the backup of somebody else that it goes on with
/// @param ours false for a Job that an earlier resource of the same name left behind
/// @param current whether it is of the runner's image that the operator would take now
public record Run(
        String job,
        String order,
        int number,
        int attempt,
        Leg leg,
        Instant createdAt,
        Words words,
        Optional<String> savedAs,
        boolean ours,
        boolean current,
        Phase phase) {
    /// The label that selects all that is ours.
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /// Its value.
    public static final String LOCKSTEP = "lockstep";

    /// The label with the resource's name.
    public static final String MIGRATION = "lockstep.dev/migration";

    /// The annotation with [#order].
    public static final String ORDER = "lockstep.dev/order";

    /// The annotation with [#number].
    public static final String NUMBER = "lockstep.dev/run-number";

    /// The annotation with [#attempt].
    public static final String ATTEMPT = "lockstep.dev/attempt";

    /// The annotation with the leg's word.
    public static final String LEG = "lockstep.dev/leg";

    /// The annotation with [#savedAs].
    public static final String SAVED_AS = "lockstep.dev/saved-as";

    /// The annotation with the approved plan.
    public static final String APPROVED = "lockstep.dev/approved-plan";

    /// How far it is.
    public sealed interface Phase {

        /// Its container has not started. The obstacle is told only when patience is over.
        record Pending(Optional<Obstacle> obstacle) implements Phase {}

        /// Its container is at work.
        ///
        /// @param progress the last that it has said
        record Running(Optional<Progress> progress) implements Phase {}

        /// Its container has ended, or will never be seen again.
        ///
        /// @param how for people, where there is no Report
        record Ended(Instant at, Optional<Report> report, String how) implements Phase {}
    }

    /// Why a pod does not start.
    ///
    /// @param reason the kubelet's or scheduler's own word
    public record Obstacle(String reason, String text, String remedy) {}

    /// Whether it has failed and says that it has applied no step. One that says nothing may have applied all.
    public boolean hasChangedNothing() {
        return phase instanceof Phase.Ended(var at, var report, var how)
                && report.filter(it -> it.outcome() == Report.Outcome.Failed)
                        .filter(it -> it.applied().isEmpty())
                        .isPresent();
    }

    /// Whether it has not ended.
    public boolean isActive() {
        return !(phase instanceof Phase.Ended);
    }
}
