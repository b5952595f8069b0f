package dev.lockstep.metrics;

import dev.lockstep.observed.Standing;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What is said of single resources. One that has nothing to tell has the series `lockstep_resource_ready` and, once it
/// has been backed up, `lockstep_resource_backup_age_seconds`; the others are there only while there is something.
final class Roster {
    private final Family ready = single("ready", "Whether Ready is True.");
    private final Family stalled = single("stalled", "1 while Stalled is True: only a person can help.", "reason");
    private final Family drifted = single("drifted", "1 while Drifted is True.");
    private final Family pending = single("pending_steps", "Steps that are not applied, where there are some.");
    private final Family waiting =
            single("waiting_seconds", "How long it has waited, while it does.", "waits_for", "reason");
    private final Family backup = single("backup_age_seconds", "Age of its newest backup, where there is one.");
    private final Family speed = single("batch_rows_per_second", "Speed of its batch, while one is at work.");
    private final Family eta = single("batch_eta_seconds", "Until its batch ends, where that is known.");
    private final Instant now;

    private Roster(Instant now) {
        this.now = now;
    }

    private static Family single(String name, String what, String... labels) {
        var all = Stream.concat(Stream.of("namespace", "name"), Stream.of(labels));
        return Family.of("lockstep_resource_" + name, what, all.toArray(String[]::new));
    }

    static Stream<MetricSnapshot> of(List<Standing> standings, Instant now) {
        var roster = new Roster(now);
        standings.forEach(roster::add);
        return roster.families().map(Family::build);
    }

    private Stream<Family> families() {
        return Stream.of(ready, stalled, drifted, pending, waiting, backup, speed, eta);
    }

    private void add(Standing it) {
        var namespace = it.namespace();
        var name = it.name();
        ready.add(it.since("Ready", "True").isPresent(), namespace, name);
        it.since("Stalled", "True").ifPresent(since -> stalled.add(1, namespace, name, Totals.reason(it)));
        it.since("Drifted", "True").ifPresent(since -> drifted.add(1, namespace, name));
        if (it.pending() > 0) pending.add(it.pending(), namespace, name);
        Wait.of(it)
                .ifPresent(wait -> waiting.add(
                        wait.seconds(now), namespace, name, wait.what().name(), Totals.reason(it)));
        it.backupAt().ifPresent(at -> backup.add(Wait.seconds(at, now), namespace, name));
        it.batch().ifPresent(batch -> {
            speed.add(batch.rowsPerSecond(), namespace, name);
            batch.etaSeconds().ifPresent(seconds -> eta.add(seconds, namespace, name));
        });
    }
}
