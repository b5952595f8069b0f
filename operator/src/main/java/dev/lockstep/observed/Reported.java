package dev.lockstep.observed;

import dev.lockstep.handover.Report;
import dev.lockstep.resource.Status;
import java.util.Optional;

/// What a Report says, in the words of the status.
final class Reported {
    private Reported() {}

    static Status.Applied applied(Report.Applied it) {
        return new Status.Applied(
                it.revision(), it.description(), it.phase(), it.direction(), it.millis(), it.lockAttempts(), it.at());
    }

    static Status.Saved saved(Report.Backup it) {
        return new Status.Saved(it.name(), it.bytes(), it.sha256(), true, it.at(), it.revision());
    }

    static Optional<Status.Plan> plan(Report report) {
        var steps = report.held().stream().map(Reported::step).toList();
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new Status.Plan(
                        report.plan().orElse(null), report.scripts().orElse(null), steps));
    }

    private static Status.Step step(Report.Held it) {
        return new Status.Step(
                it.revision(),
                it.direction(),
                it.phase(),
                it.description(),
                it.destructive(),
                it.breaking().orElse(null));
    }
}
