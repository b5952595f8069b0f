package dev.lockstep.metrics;

import dev.lockstep.metrics.Wait.For;
import dev.lockstep.observed.Standing;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Status.Stage;
import dev.lockstep.status.Reason;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is said of all resources together: as many series for ten thousand as for none.
record Totals(List<Standing> standings, Instant now) {
    private static final List<String> CONDITIONS =
            List.of("Ready", "Reconciling", "Stalled", "BackupReady", "Approved", "Contracted", "Raised", "Drifted");
    private static final List<String> STATUSES = List.of("True", "False", "Unknown");

    /// A resource that the operator has not answered yet has no stage and no reason.
    private static final String NEW = "New";

    /// A word of the scheduler or the kubelet; they may have any.
    static final String POD = "PodNotStarting";

    private static final List<String> REASONS =
            Stream.concat(Reason.words(), Stream.of(POD, NEW)).distinct().toList();

    static Stream<MetricSnapshot> of(List<Standing> standings, Instant now) {
        var totals = new Totals(standings, now);
        return Stream.concat(Stream.of(totals.stages(), totals.conditions(), totals.reasons()), totals.times())
                .map(Family::build);
    }

    /// The reason of Ready as one of a closed set.
    static String reason(Standing it) {
        return it.condition("Ready")
                .map(Condition::reason)
                .map(word -> REASONS.contains(word) ? word : POD)
                .orElse(NEW);
    }

    private Family stages() {
        var there = count(it -> Stream.of(it.stage().map(Enum::name).orElse(NEW)));
        var family = Family.of("lockstep_resources", "Resources by status.stage.", "stage");
        Stream.concat(Arrays.stream(Stage.values()).map(Enum::name), Stream.of(NEW))
                .forEach(it -> family.add(there.getOrDefault(it, 0L), it));
        return family;
    }

    private Family conditions() {
        var there = count(it -> it.conditions().stream().map(each -> each.type() + each.status()));
        var family = Family.of(
                "lockstep_resources_by_condition", "Resources by the answers of a condition.", "condition", "status");
        for (var type : CONDITIONS) {
            for (var status : STATUSES) family.add(there.getOrDefault(type + status, 0L), type, status);
        }
        return family;
    }

    private Family reasons() {
        var there = count(it -> Stream.of(reason(it)));
        var family = Family.of("lockstep_resources_by_reason", "Resources by the reason of Ready.", "reason");
        REASONS.forEach(it -> family.add(there.getOrDefault(it, 0L), it));
        return family;
    }

    private Map<String, Long> count(Function<Standing, Stream<String>> words) {
        return standings.stream()
                .flatMap(words)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private Stream<Family> times() {
        var waits = standings.stream().flatMap(it -> Wait.of(it).stream()).toList();
        var batches = standings.stream().flatMap(it -> it.batch().stream()).toList();
        var eta = batches.stream().flatMap(it -> it.etaSeconds().stream()).max(Long::compareTo);
        var speed = batches.stream().mapToLong(Standing.Batch::rowsPerSecond).sum();
        return Stream.of(
                waiting(waits),
                longest(waits),
                Family.of("lockstep_oldest_backup_age_seconds", "Age of the oldest newest backup of a resource.")
                        .add(oldest(standings.stream().flatMap(it -> it.backupAt().stream()))),
                Family.of("lockstep_batches", "Batches at work, as the runs' logs tell.")
                        .add(batches.size()),
                Family.of("lockstep_batch_rows_per_second", "Their speed, together.")
                        .add(speed),
                Family.of("lockstep_longest_batch_eta_seconds", "Until the last of them ends, at its speed.")
                        .add(eta.orElse(0L)));
    }

    private static Family waiting(List<Wait> waits) {
        var family = Family.of("lockstep_resources_waiting", "Resources that wait, by what for.", "waits_for");
        for (var what : For.values()) {
            family.add(waits.stream().filter(it -> it.what() == what).count(), what.name());
        }
        return family;
    }

    private Family longest(List<Wait> waits) {
        var what = "How long the one has waited that has waited longest; 0 where none does.";
        var family = Family.of("lockstep_longest_wait_seconds", what, "waits_for");
        for (var each : For.values()) {
            var since = waits.stream().filter(it -> it.what() == each).map(Wait::since);
            family.add(oldest(since), each.name());
        }
        return family;
    }

    private double oldest(Stream<Instant> times) {
        return times.min(Instant::compareTo).map(it -> Wait.seconds(it, now)).orElse(0.0);
    }
}
