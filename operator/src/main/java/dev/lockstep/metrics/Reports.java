package dev.lockstep.metrics;

import dev.lockstep.handover.Report;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What Reports tell. A Report has 4,096 bytes, so of a run with many steps it names the newest only; what is counted
/// of
/// single steps is of those.
final class Reports {
    private final Counter steps;
    private final Counter attempts;
    private final Counter waits;
    private final Counter blockers;
    private final Counter rows;
    private final Counter backups;
    private final Counter others;
    private final Counter bytes;

    Reports(MeterRegistry meters) {
        steps = Metrics.counter(meters, "lockstep.steps.applied", "Steps that runs have applied.");
        attempts = Metrics.counter(
                meters, "lockstep.lock.attempts", "How often the applied steps were begun until they had their locks.");
        waits = Metrics.counter(
                meters, "lockstep.lock.waits", "Those of the attempts that got no lock in time and were rolled back.");
        blockers = Metrics.counter(
                meters, "lockstep.lock.blockers", "Sessions that Reports name because a lock was waited for.");
        rows = Metrics.counter(
                meters, "lockstep.batch.rows", "Rows that batches have covered which came to their end.");
        backups = backups(meters, "lockstep");
        others = backups(meters, "others");
        bytes = Counter.builder("lockstep.backup")
                .baseUnit("bytes")
                .description("Size of the backups that runs have taken and read back.")
                .register(meters);
    }

    private static Counter backups(MeterRegistry meters, String by) {
        var what =
                "Backups that stand before a change: taken and read back by a run, or taken by others and named to it.";
        return Metrics.counter(meters, "lockstep.backups", what, "taken_by", by);
    }

    void count(Report report) {
        steps.increment(report.counts().applied());
        blockers.increment(report.blockers().size());
        report.applied().forEach(this::count);
    }

    private void count(Report.Applied step) {
        attempts.increment(step.lockAttempts());
        waits.increment(Math.max(0, step.lockAttempts() - 1));
        step.rows().ifPresent(it -> rows.increment(it.doubleValue()));
    }

    /// One that somebody else has taken has no sum of ours.
    void count(Report.Backup backup) {
        if (backup.sha256().isEmpty()) {
            others.increment();
        } else {
            backups.increment();
            bytes.increment((double) backup.bytes());
        }
    }
}
