package dev.lockstep.observed;

import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Report;
import dev.lockstep.resource.Status;
import java.util.Optional;

/// What a Report says, in the words of the status.
final class Reported {
    private Reported() {}

    /// Where there is none, how the container ended.
    static Past.End end(Run.Phase.Ended ended) {
        return ended.report()
                .map(it -> new Past.End(ended.at(), Result.of(it), message(it)))
                .orElseGet(() -> new Past.End(ended.at(), new Result.Silent(), ended.how()));
    }

    private static String message(Report report) {
        return switch (report.outcome()) {
            case Done -> "";
            case Ahead -> "the database is at revision " + report.revision().orElse("?") + ", past the target";
            case Approval, Failed -> report.failure().map(Failure::line).orElse("");
        };
    }

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
