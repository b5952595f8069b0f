package dev.lockstep.observed;

import dev.lockstep.handover.Report;
import dev.lockstep.resource.PodSelector;
import dev.lockstep.resource.SchemaMigration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All that is known about one resource now.
///
/// @param suspended no new run is wanted
/// @param runs its Jobs, newest first, but for those of checks
/// @param approvals the plans that persons have said yes to
/// @param rollout who is alive of the application; asked only where it is waited for
/// @param past what has been told, with the newest run on top
/// @param words of a person that have not been acted on
/// @param told the Job of the run that the status tells of
/// @param untold the newest run, unless its end has been told already
/// @param checks whether the schema has drifted
/// @param ended the runs and checks whose end the status does not tell, oldest first
public record Observed(
        Identity identity,
        boolean suspended,
        Wanted wanted,
        List<Run> runs,
        Set<String> approvals,
        Optional<Rollout> rollout,
        Past past,
        Words words,
        Optional<String> told,
        Optional<Run> untold,
        Checks checks,
        List<Ended> ended,
        Instant now) {

    /// Takes everything in.
    public static Observed of(Seen seen) {
        var resource = seen.resource();
        var told = Past.of(resource);
        var all = new Runs(seen).all();
        var runs = all.stream().filter(it -> !Checks.isCheck(it)).toList();
        var untold = runs.stream()
                .filter(Run::ours)
                .filter(run -> !isTold(run, told))
                .toList();
        var isLost = untold.isEmpty() && !isThere(told, runs);
        var newest =
                isLost ? told.withoutJob() : told.with(reported(told, runs)).with(untold.reversed());
        var past = newest.withoutLost(runs);
        var wanted = Scripts.wanted(resource, seen.files(), seen.floor());
        return new Observed(
                Identity.of(resource),
                Boolean.TRUE.equals(resource.getSpec().suspend()),
                wanted,
                runs,
                approvals(seen),
                rollout(wanted, runs, past, seen),
                past,
                Words.of(resource.getMetadata()).without(past.heeded()),
                told.run().map(Past.Ran::job),
                untold.stream().findFirst(),
                Checks.of(resource, all.stream().filter(Checks::isCheck).toList(), past),
                ended(resource, all, told, isLost),
                seen.now());
    }

    private static List<Ended> ended(SchemaMigration resource, List<Run> all, Past told, boolean isLost) {
        var untold = all.stream()
                .filter(Run::ours)
                .filter(run -> Checks.isCheck(run) ? Checks.isUntold(run, resource) : !isTold(run, told))
                .toList();
        var lost = told.run().filter(ran -> isLost && ran.end().isEmpty()).map(Ended::lost);
        return Stream.concat(lost.stream(), Ended.of(resource, untold).stream()).toList();
    }

    private static Set<String> approvals(Seen seen) {
        return seen.approvals().stream().map(it -> it.getSpec().plan()).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Rollout> rollout(Wanted wanted, List<Run> runs, Past past, Seen seen) {
        var asked = wanted instanceof Wish wish
                        && runs.stream().noneMatch(Run::isActive)
                        && !past.waiting().isEmpty()
                ? wish.selector()
                : Optional.<PodSelector>empty();
        var name = seen.resource().getMetadata().getName();
        return asked.map(it -> Rollout.of(name, it, seen.workloads().apply(it)));
    }

    /// What has been told of once is not judged again, even when its pod, and with it the Report, has been taken
    /// away.
    private static boolean isTold(Run run, Past told) {
        return told.run()
                .filter(ran -> ran.number() > run.number()
                        || (ran.job().equals(run.job()) && ran.end().isPresent()))
                .isPresent();
    }

    /// The run that the status tells of, as long as its Report is there: what somebody has edited is told again from
    /// it.
    private static List<Run> reported(Past told, List<Run> runs) {
        return runs.stream()
                .filter(Run::ours)
                .filter(run -> isTold(run, told) && isOf(run, told))
                .filter(run -> run.phase() instanceof Run.Phase.Ended ended
                        && ended.report().isPresent())
                .toList();
    }

    private static boolean isOf(Run run, Past told) {
        return told.run().filter(ran -> ran.job().equals(run.job())).isPresent();
    }

    private static boolean isThere(Past told, List<Run> runs) {
        return runs.stream().anyMatch(run -> isOf(run, told));
    }

    /// The change of the history that is asked for, once it is known of which.
    public Optional<Petition> petition() {
        return wanted instanceof Wish wish
                ? words.amend().map(it -> Petition.of(it, identity, wish.order(), past.amendment()))
                : Optional.empty();
    }

    /// The Report of a run whose end has not been told yet.
    public Optional<Report> news() {
        return untold.map(Run::phase)
                .flatMap(it -> it instanceof Run.Phase.Ended ended ? ended.report() : Optional.<Report>empty());
    }

    /// The number of the next run.
    public int nextNumber() {
        var seen = Stream.concat(runs.stream(), checks.active().stream()).mapToInt(Run::number);
        var told = IntStream.of(past.run().map(Past.Ran::number).orElse(0), checks.number());
        return 1 + IntStream.concat(seen, told).max().orElse(0);
    }
}
