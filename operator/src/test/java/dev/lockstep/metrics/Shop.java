package dev.lockstep.metrics;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Places;
import dev.lockstep.handover.Progress;
import dev.lockstep.job.RunnerImage;
import dev.lockstep.job.RunnerJob;
import dev.lockstep.observed.Floor;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Seen;
import dev.lockstep.observed.Workloads;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.status.Telling;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One resource with its Jobs, looked at as the loop does, and the metrics of that.
final class Shop {
    static final String DONE = report("");
    static final String HELD = report("""
            "plan":"sha256:%s","held":[{"revision":"3","description":"c","phase":"contract","direction":"up",
            "destructive":true,"reason":"contract"}],""".formatted("0a".repeat(32)));
    static final String BUSY = """
            {"v":1,"outcome":"Failed","failure":{"code":"LockBusy","place":"","message":"busy","remedy":""},"held":[],
             "counts":{"pending":1,"applied":0,"held":0},"applied":[],"blockers":[]}""";

    static final String DRIFTED = BUSY.replace("LockBusy", "Drifted");

    /// Alive, and of the newest code.
    private static final Pod NEW = Serialization.unmarshal("""
            apiVersion: v1
            kind: Pod
            metadata: {name: new, labels: {app: shop}, annotations: {revision.lockstep.dev/orders: "2"}}
            status: {phase: Running}
            """, Pod.class);

    private final RunnerImage image = new RunnerImage("runner:1", "IfNotPresent");
    private final SchemaMigration resource;
    private final List<Job> jobs = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private Metrics metrics = metrics();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private List<String> log = List.of();

    /// @param more fields of the spec, each with a comma before it
    Shop(String name, String more) {
        resource = Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: %s, namespace: shop, uid: u-1, generation: 1, creationTimestamp: "%s"}
                spec: {database: {sqlite: {claimName: c, path: a.db}}, migrations: {inline: {V1__a.sql: select 1}},
                       backup: {when: Always, claimName: c}%s}
                """.formatted(name, now, more), SchemaMigration.class);
    }

    private Metrics metrics() {
        var made = new Metrics("1.2.3", true, () -> true, () -> now);
        made.watch(() -> Stream.of(resource()));
        return made;
    }

    /// What a run says that has applied a batch and a step beside it, and waited for locks.
    private static String report(String held) {
        return """
                {"v":1,"outcome":"Done","revision":"2","target":"2",%s
                 "counts":{"pending":0,"applied":2,"held":0},"applied":[
                 {"revision":"2","description":"b","phase":"migrate","direction":"up","millis":7,"lockAttempts":1,"rows":500,
                  "at":"2026-01-01T00:00:00Z"},
                 {"revision":"1","description":"a","phase":"expand","direction":"up","millis":7,"lockAttempts":4,
                  "at":"2026-01-01T00:00:00Z"}],"blockers":["pid 7","pid 8"],
                 "backup":{"name":"a.dump","bytes":4096,"sha256":"ab","at":"2026-01-01T00:00:00Z","revision":""}}""".formatted(held.isEmpty() ? "\"held\":[]," : held);
    }

    Shop look() {
        var observed = observed();
        metrics.seen(observed);
        var decision = Decision.of(observed);
        if (decision instanceof Decision.Start start) make(observed, start);
        Telling.of(decision, observed, Optional.empty()).ifPresent(it -> resource.setStatus(it.status()));
        return this;
    }

    private void make(Observed observed, Decision.Start start) {
        metrics.started(start.fingerprint());
        jobs.add(new JobBuilder(RunnerJob.of(observed.identity(), start, image, List.of()))
                .editMetadata()
                .withUid("job-" + jobs.size())
                .withCreationTimestamp(now.toString())
                .endMetadata()
                .build());
    }

    /// A look whose status cannot be written.
    Shop glances() {
        metrics.seen(observed());
        return this;
    }

    private Observed observed() {
        return Observed.of(new Seen(
                resource,
                Optional.empty(),
                jobs,
                pods,
                List.of(),
                selector -> new Workloads.Listed(List.of(NEW)),
                object -> List.of(),
                pod -> log,
                image.reference(),
                Floor.NONE,
                now));
    }

    /// The newest Job's container has ended with this Report, or without one.
    Shop ends(String report) {
        return pod("terminated: {exitCode: 1, finishedAt: \"%s\", message: %s}"
                .formatted(now, Serialization.asJson(report)));
    }

    /// The newest Job's container is at work and has said this.
    Shop says(Progress progress) {
        log = List.of(progress.line());
        return pod("running: {startedAt: \"%s\"}".formatted(now));
    }

    private Shop pod(String state) {
        var status = "{containerStatuses: [{name: %s, state: {%s}}]}".formatted(Places.CONTAINER, state);
        pods.add(new PodBuilder(Serialization.unmarshal("apiVersion: v1\nkind: Pod\nstatus: " + status, Pod.class))
                .withNewMetadata()
                .withName("p" + pods.size())
                .withCreationTimestamp(now.toString())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withUid(jobs.getLast().getMetadata().getUid())
                        .build())
                .endMetadata()
                .build());
        return this;
    }

    Shop later(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return this;
    }

    Shop annotated(String name, String word) {
        resource.getMetadata().setAnnotations(Map.of(name, word));
        return this;
    }

    /// All its Jobs and pods are taken away.
    Shop forgets() {
        jobs.clear();
        pods.clear();
        return this;
    }

    /// The operator begins anew: what it has counted is gone, the status is not.
    Shop restarts() {
        metrics = metrics();
        return this;
    }

    SchemaMigration resource() {
        return resource;
    }

    Exposition scrape() {
        return Exposition.of(metrics.scrape());
    }
}
