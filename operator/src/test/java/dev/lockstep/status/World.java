package dev.lockstep.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Places;
import dev.lockstep.job.RunnerImage;
import dev.lockstep.job.RunnerJob;
import dev.lockstep.observed.Floor;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Seen;
import dev.lockstep.observed.Words;
import dev.lockstep.observed.Workloads;
import dev.lockstep.resource.Agreed;
import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.SchemaMigrationApproval;
import dev.lockstep.resource.Spec;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
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

/// An API server as far as the loop needs one: objects that are there, and a clock that a test moves.
final class World {
    private RunnerImage image = new RunnerImage("runner:1", "IfNotPresent");
    private final List<Job> jobs = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final SchemaMigration resource;
    private Optional<ConfigMap> files = Optional.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int writes;
    private Optional<String> refusal = Optional.empty();
    private Floor floor = Floor.NONE;
    private List<String> log = List.of();
    private final List<SchemaMigrationApproval> approvals = new ArrayList<>();
    private Workloads workloads = new Workloads.Listed(List.of());

    World(String migrations) {
        this(migrations, "");
    }

    /// @param more fields of the spec, each with a comma before it
    World(String migrations, String more) {
        resource = Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: orders, namespace: shop, uid: u-1, generation: 1}
                spec: {database: {sqlite: {claimName: c, path: a.db}}, backup: {when: Never}, migrations: %s%s}
                status: {observedGeneration: -1}
                """.formatted(migrations, more), SchemaMigration.class);
    }

    /// What the loop does at one look.
    Decision look() {
        var observed = Observed.of(new Seen(
                resource,
                files,
                jobs,
                pods,
                approvals,
                selector -> workloads,
                object -> List.of(),
                pod -> log,
                image.reference(),
                floor,
                now));
        var decision = Decision.of(observed);
        var refused = refusal.filter(message -> decision instanceof Decision.Start);
        if (decision instanceof Decision.Start start && refused.isEmpty())
            jobs.add(made(RunnerJob.of(observed.identity(), start, image, List.of())));
        if (decision instanceof Decision.Replace(var stuck)) remove(stuck.job());
        Telling.of(decision, observed, refused)
                .filter(telling -> !telling.status().equals(resource.getStatus()))
                .ifPresent(this::write);
        return decision;
    }

    private Job made(Job job) {
        return new JobBuilder(job)
                .editMetadata()
                .withUid("job-" + jobs.size())
                .withCreationTimestamp(now.toString())
                .endMetadata()
                .build();
    }

    private void write(Telling telling) {
        writes++;
        happenings.addAll(telling.happenings());
        resource.setStatus(telling.status());
    }

    void remove(String job) {
        jobs.removeIf(it -> it.getMetadata().getName().equals(job));
    }

    /// The newest Job's container has ended.
    World ends(int exit, String message) {
        pods("""
                {phase: Running, containerStatuses: [{name: %s, state: {terminated:
                {exitCode: %d, reason: Error, finishedAt: "%s", message: %s}}}]}""".formatted(Places.CONTAINER, exit, now, Serialization.asJson(message)));
        return this;
    }

    /// The newest Job's pod has this status.
    World pods(String status) {
        pods.add(Pods.of(jobs.getLast(), status, now));
        return this;
    }

    World migrations(String migrations) {
        var other = new World(migrations);
        resource.setSpec(other.resource.getSpec());
        resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
        return this;
    }

    /// Another value of a field.
    World spec(String field, String value) {
        var spec = Serialization.unmarshal(Serialization.asJson(resource.getSpec()), ObjectNode.class);
        resource.setSpec(Serialization.unmarshal(
                spec.set(field, Serialization.unmarshal(value, JsonNode.class)).toString(), Spec.class));
        return this;
    }

    /// A person asks for another attempt.
    World retry(String word) {
        return annotated(Words.RETRY, word);
    }

    World annotated(String name, String word) {
        resource.getMetadata().setAnnotations(Map.of(name, word));
        return this;
    }

    /// The API server will have no Job, for this reason.
    World refuses(String message) {
        refusal = Optional.of(message);
        return this;
    }

    World files(Map<String, String> content) {
        files = Optional.of(new ConfigMapBuilder().withData(content).build());
        return this;
    }

    /// Its newest Job's container is at work and has said this.
    World says(String... lines) {
        log = List.of(lines);
        return pods("{phase: Running, containerStatuses: [{name: %s, state: {running: {startedAt: \"%s\"}}}]}"
                .formatted(Places.CONTAINER, now));
    }

    /// A person says yes to this plan.
    World approves(String plan) {
        var approval = new SchemaMigrationApproval();
        approval.setSpec(new Agreed("orders", plan));
        approvals.add(approval);
        return this;
    }

    /// A person takes every yes back.
    World takesBack() {
        approvals.clear();
        return this;
    }

    /// These pods and workloads are there now.
    World alive(String... objects) {
        return workloads(Pods.listed(objects));
    }

    World workloads(Workloads there) {
        workloads = there;
        return this;
    }

    /// The Order of the newest Job.
    JsonNode order() {
        var container =
                jobs.getLast().getSpec().getTemplate().getSpec().getContainers().getFirst();
        return Serialization.unmarshal(container.getEnv().getFirst().getValue(), JsonNode.class);
    }

    /// The operator's policy is this.
    World floor(Floor policy) {
        floor = policy;
        return this;
    }

    World image(String reference) {
        image = new RunnerImage(reference, "IfNotPresent");
        return this;
    }

    World later(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return this;
    }

    SchemaMigration resource() {
        return resource;
    }

    List<Job> jobs() {
        return jobs;
    }

    int writes() {
        return writes;
    }

    Status status() {
        return resource.getStatus();
    }

    List<String> reasons() {
        return happenings.stream().map(Happening::reason).toList();
    }

    /// `status reason` of a condition.
    String condition(String type) {
        return conditions()
                .filter(it -> it.type().equals(type))
                .map(it -> it.status() + " " + it.reason())
                .findFirst()
                .orElse("");
    }

    /// Ready's sentence.
    String message() {
        return conditions().findFirst().map(Condition::message).orElse("");
    }

    private Stream<Condition> conditions() {
        return Stream.ofNullable(status().conditions()).flatMap(List::stream);
    }
}
