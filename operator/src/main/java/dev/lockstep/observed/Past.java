package dev.lockstep.observed;

import dev.lockstep.handover.Report;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Saved;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is known from before: the status as it was last written, and the newest ended run on top of it.
///
/// @param run the newest run that has been told of
/// @param revision newest applied version
/// @param target the version that the target stood for
/// @param floor pods that declare less are kept out
/// @param plan the steps that wait
/// @param amendment the newest that was begun
/// @param heeded the newest of a person's words that have been acted on
public record Past(
        Optional<Ran> run,
        Optional<String> revision,
        Optional<String> target,
        Optional<Integer> pending,
        List<Status.Applied> applied,
        Optional<Saved> backup,
        Optional<String> floor,
        Optional<Status.Plan> plan,
        Words heeded,
        Optional<Status.Amendment> amendment,
        List<Condition> conditions) {
    /// As many as the status promises.
    private static final int APPLIED_MAX = 20;

    private static final String GONE = "its Job is gone";

    private static final Past NOTHING = new Past(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Words.NONE,
            Optional.empty(),
            List.of());

    /// A run as the status holds it.
    ///
    /// @param end empty while it is at work
    public record Ran(
            String job, String order, int number, int attempt, Leg leg, Instant startedAt, Optional<End> end) {

        static Ran of(Run run, Optional<End> end) {
            return new Ran(run.job(), run.order(), run.number(), run.attempt(), run.leg(), run.createdAt(), end);
        }
    }

    /// How a run ended.
    public record End(Instant at, Result result, String message) {}

    static Past of(SchemaMigration resource) {
        return Optional.ofNullable(resource.getStatus()).map(Past::of).orElse(NOTHING);
    }

    private static Past of(Status status) {
        var amendment = Stream.of(Optional.ofNullable(status.amended()), Optional.ofNullable(status.amendment()))
                .flatMap(Optional::stream)
                .filter(it -> it.job() != null)
                .findFirst();
        return new Past(
                Optional.ofNullable(status.run()).flatMap(Past::ran),
                Optional.ofNullable(status.revision()),
                Optional.ofNullable(status.targetRevision()),
                Optional.ofNullable(status.pending()),
                Absent.or(status.applied(), List.of()),
                Optional.ofNullable(status.backup()),
                Optional.ofNullable(status.floor()),
                Optional.ofNullable(status.plan()),
                new Words(
                        Optional.ofNullable(status.retried()),
                        Optional.ofNullable(status.tookOver()),
                        amendment.map(Status.Amendment::words),
                        Optional.ofNullable(status.externalBackup())),
                amendment,
                Absent.or(status.conditions(), List.of()));
    }

    private static Optional<Ran> ran(Status.Run run) {
        return Optional.ofNullable(run.job())
                .map(job -> new Ran(
                        job,
                        Absent.or(run.order(), ""),
                        Edited.count(run.number()),
                        Edited.count(run.attempt()),
                        Leg.of(Absent.or(run.leg(), ""), Optional.ofNullable(run.approved())),
                        Edited.timeOrEpoch(run.startedAt()),
                        end(run)));
    }

    private static Optional<End> end(Status.Run run) {
        return Optional.ofNullable(run.result())
                .map(word ->
                        new End(Edited.timeOrEpoch(run.finishedAt()), Result.of(word), Absent.or(run.message(), "")));
    }

    /// With runs that have been seen, in that order. A leg that followed at once leaves the one before it untold.
    Past with(List<Run> seen) {
        var past = this;
        for (var run : seen) past = past.with(run);
        return past;
    }

    /// With a run that has been seen: at work, or ended and not yet told.
    private Past with(Run seen) {
        var past = answered(
                Reported.isTakenOver(seen.phase()) ? seen.words() : seen.words().withoutTakeOver());
        return seen.words().amend().isPresent() ? past.amended(seen) : past.ran(seen);
    }

    private Past ran(Run seen) {
        return switch (seen.phase()) {
            case Run.Phase.Pending(var ignored) -> with(Ran.of(seen, Optional.empty()));
            case Run.Phase.Running(var ignored) -> with(Ran.of(seen, Optional.empty()));
            case Run.Phase.Ended ended -> {
                var ran = Ran.of(seen, Optional.of(Reported.end(ended)));
                yield ended.report().map(it -> with(it, ran)).orElseGet(() -> with(ran));
            }
        };
    }

    /// An amendment says nothing of the wish: the run that follows it does.
    private Past amended(Run seen) {
        var end = seen.phase() instanceof Run.Phase.Ended ended
                ? Optional.of(Reported.end(ended))
                : Optional.<End>empty();
        var told = new Status.Amendment(
                seen.words().amend().orElse(null),
                seen.leg().approved().orElse(null),
                seen.job(),
                end.map(it -> it.result().word()).orElse(null),
                end.map(End::message).filter(it -> !it.isEmpty()).orElse(null));
        return new Past(
                Optional.of(Ran.of(seen, end)),
                revision,
                target,
                pending,
                applied,
                backup,
                floor,
                plan,
                heeded,
                Optional.of(told),
                conditions);
    }

    private Past answered(Words words) {
        return new Past(
                run, revision, target, pending, applied, backup, floor, plan, words.or(heeded), amendment, conditions);
    }

    /// With its run, which has not ended, taken for lost: there is no Job of that name.
    Past withoutJob() {
        return run.filter(it -> it.end().isEmpty())
                .map(it -> with(new Ran(
                        it.job(),
                        it.order(),
                        it.number(),
                        it.attempt(),
                        it.leg(),
                        it.startedAt(),
                        Optional.of(new End(it.startedAt(), new Result.Silent(), GONE)))))
                .orElse(this);
    }

    /// With an amendment taken for lost whose Job is not among these: nobody can tell what became of it.
    Past withoutLost(List<Run> runs) {
        var lost = amendment.map(it ->
                it.result() == null && runs.stream().noneMatch(run -> run.job().equals(it.job()))
                        ? Reported.lost(it, GONE)
                        : it);
        return new Past(run, revision, target, pending, applied, backup, floor, plan, heeded, lost, conditions);
    }

    private Past with(Ran newest) {
        return new Past(
                Optional.of(newest),
                revision,
                target,
                pending,
                applied,
                backup,
                floor,
                plan,
                heeded,
                amendment,
                conditions);
    }

    /// A run that failed early takes nothing of before back. One with a plan and no target is on its way to `base`.
    private Past with(Report report, Ran newest) {
        var failed = report.outcome() == Report.Outcome.Failed;
        return new Past(
                Optional.of(newest),
                failed ? report.revision().or(() -> revision) : report.revision(),
                failed && report.held().isEmpty() ? report.target().or(() -> target) : report.target(),
                failed && report.target().isEmpty()
                        ? pending
                        : Optional.of(report.counts().pending()),
                Stream.concat(report.applied().stream().map(Reported::applied), applied.stream())
                        .distinct()
                        .limit(APPLIED_MAX)
                        .toList(),
                report.backup().map(Reported::saved).or(() -> backup),
                failed ? report.floor().or(() -> floor) : report.floor(),
                failed && report.held().isEmpty() ? plan : Reported.plan(report),
                heeded,
                amendment,
                conditions);
    }

    /// The hash that an approval of the waiting steps has to name; absent where nobody has to be asked.
    public Optional<String> hash() {
        return plan.map(Status.Plan::hash);
    }

    /// What the scripts were from which the waiting steps are, where only a run sees them.
    public Optional<String> scripts() {
        return plan.map(Status.Plan::scripts);
    }

    /// The steps that wait.
    public List<Status.Step> waiting() {
        return plan.map(Status.Plan::steps).orElse(List.of());
    }

    /// Do the steps that wait take back?
    public boolean leadsDown() {
        return waiting().stream().anyMatch(it -> "down".equals(it.direction()));
    }
}
