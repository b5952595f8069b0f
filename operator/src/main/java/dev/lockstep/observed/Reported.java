package dev.lockstep.observed;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Report;
import dev.lockstep.resource.Saved;
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

    static Status.Amendment lost(Status.Amendment it, String how) {
        return new Status.Amendment(it.words(), it.plan(), it.job(), new Result.Silent().word(), how);
    }

    /// Has the run come as far as to make the database its resource's? One that could not be reached, or whose scripts
    /// could not be read, is not.
    static boolean isTakenOver(Run.Phase phase) {
        return phase instanceof Run.Phase.Ended(var at, var report, var how)
                && report.filter(Reported::isTakenOver).isPresent();
    }

    /// What stops a run later than that is told by few codes, and by what it has done.
    private static boolean isTakenOver(Report report) {
        return report.failure()
                .filter(it -> it.code() != Code.StatementFailed && it.code() != Code.BackupTooLarge)
                .filter(it -> report.outcome() == Report.Outcome.Failed
                        && report.applied().isEmpty())
                .isEmpty();
    }

    static Status.Applied applied(Report.Applied it) {
        return new Status.Applied(
                it.revision(), it.description(), it.phase(), it.direction(), it.millis(), it.lockAttempts(), it.at());
    }

    /// What somebody else has taken has no sum of ours, and nobody here has read it.
    static Saved saved(Report.Backup it) {
        if (it.sha256().isEmpty()) return new Saved(it.name(), null, null, false, it.at(), it.revision());
        return new Saved(it.name(), it.bytes(), it.sha256(), true, it.at(), it.revision());
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
