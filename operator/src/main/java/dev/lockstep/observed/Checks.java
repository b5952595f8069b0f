package dev.lockstep.observed;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Order;
import dev.lockstep.resource.Compared;
import dev.lockstep.resource.DriftCheck;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The comparisons of the schema with what the last run has left.
///
/// @param asked whether there are to be any
/// @param newest that has ended
/// @param active one at work, or about to be
/// @param due when the next is; absent where none is asked for, or nothing is there to be compared with
public record Checks(boolean asked, Optional<Check> newest, Optional<Run> active, Optional<Instant> due) {
    /// Of an interval, so that the checks of many resources do not come at once.
    private static final int SPREAD = 10;

    /// @param number as that of a run
    public record Check(String job, int number, Past.End end) {}

    static boolean isCheck(Run run) {
        return run.order().equals(Order.DRIFT);
    }

    /// @param seen newest first
    static Checks of(SchemaMigration resource, List<Run> seen, Past past) {
        var active = seen.stream().filter(Run::isActive).findFirst();
        var interval = interval(resource);
        if (interval.isEmpty()) return new Checks(false, Optional.empty(), active, Optional.empty());
        var told = Optional.ofNullable(resource.getStatus()).map(Status::drift).flatMap(Checks::told);
        var newest = seen.stream()
                .filter(Run::ours)
                .flatMap(it -> ended(it).stream())
                .filter(it ->
                        told.filter(before -> before.number() >= it.number()).isEmpty())
                .findFirst()
                .or(() -> told);
        return new Checks(true, newest, active, due(interval.get(), resource, newest, past));
    }

    /// A check that nobody asks for any more is never told.
    static boolean isUntold(Run check, SchemaMigration resource) {
        var told = Optional.ofNullable(resource.getStatus())
                .map(Status::drift)
                .map(Compared::number)
                .map(Edited::count)
                .orElse(0);
        return interval(resource).isPresent() && check.number() > told;
    }

    private static Optional<Duration> interval(SchemaMigration resource) {
        return Optional.ofNullable(resource.getSpec().driftCheck())
                .map(DriftCheck::interval)
                .map(Durations::of);
    }

    private static Optional<Check> told(Compared it) {
        return Optional.ofNullable(it.job())
                .map(job -> new Check(
                        job,
                        Edited.count(it.number()),
                        new Past.End(
                                Edited.timeOrEpoch(it.at()),
                                Result.of(Absent.or(it.result(), "")),
                                Absent.or(it.message(), ""))));
    }

    private static Optional<Check> ended(Run run) {
        return run.phase() instanceof Run.Phase.Ended ended
                ? Optional.of(new Check(run.job(), run.number(), Reported.end(ended)))
                : Optional.empty();
    }

    /// A run begins the time anew; one that failed has left nothing that could be vouched for.
    private static Optional<Instant> due(
            Duration interval, SchemaMigration resource, Optional<Check> newest, Past past) {
        if (Boolean.TRUE.equals(resource.getSpec().suspend())) return Optional.empty();
        var ran = past.run()
                .flatMap(Past.Ran::end)
                .filter(it -> isWell(it.result()))
                .map(Past.End::at);
        return ran.map(at ->
                        newest.map(it -> it.end().at()).filter(at::isBefore).orElse(at))
                .map(it -> it.plus(interval).plus(late(interval, resource)));
    }

    private static boolean isWell(Result result) {
        return switch (result) {
            case Result.Done() -> true;
            case Result.Ahead() -> true;
            case Result.Stopped(var code) -> code == Code.ApprovalNeeded || code == Code.BackupNeeded;
            case Result.Silent() -> false;
        };
    }

    /// The same for the same resource.
    private static Duration late(Duration interval, SchemaMigration resource) {
        int at = Math.floorMod(resource.getMetadata().getUid().hashCode(), 1000);
        return interval.dividedBy(SPREAD).multipliedBy(at).dividedBy(1000);
    }

    /// Is it time for one?
    public boolean isDue(Instant now) {
        return active.isEmpty() && due.filter(it -> !it.isAfter(now)).isPresent();
    }

    int number() {
        return newest.map(Check::number).orElse(0);
    }
}
