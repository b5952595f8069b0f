package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.observed.Workloads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may still come to life with older code.
class RolledOutTest {
    private static final String NEW = DanceTest.pod("new", "2");

    private final World world = new World(DanceTest.INLINE, DanceTest.UNASKED);

    private static String template(String revision) {
        return """
                template: {metadata: {labels: {app: shop}, annotations: {revision.lockstep.dev/orders: "%s"}}}""".formatted(revision);
    }

    private static String job(String name, String status) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %s}
                spec: {suspend: true, %s}
                status: {%s}
                """.formatted(name, template("1"), status);
    }

    private static String ended(String type) {
        return "conditions: [{type: %s, status: \"True\"}]".formatted(type);
    }

    private static String replicaSet(String name, int replicas, String at, String revision) {
        return """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: %s, creationTimestamp: "2026-01-01T00:00:%s",
                  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: shop, uid: d}]}
                spec: {replicas: %d, %s}
                """.formatted(name, at, replicas, template(revision));
    }

    private static String deployment(boolean paused) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec: {replicas: 0, paused: %s, %s}
                """.formatted(paused, template("2"));
    }

    private static String statefulSet(int partition, String status) {
        return """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: shop, generation: 2}
                spec: {updateStrategy: {rollingUpdate: {partition: %d}}, %s}
                status: {%s}
                """.formatted(partition, template("2"), status);
    }

    private List<String> waitedFor(String... objects) {
        world.look();
        world.ends(0, Reported.held("up")).alive(objects).look();
        world.look();
        var lines = world.status().waitingFor();
        return lines == null ? List.of() : lines;
    }

    @Test
    void a_job_that_has_not_ended_makes_pods() {
        assertThat(waitedFor(NEW, job("late", ""), job("done", ended("Complete")), job("gone", ended("Failed"))))
                .containsExactly("job late: declares 1, contract needs 2");
    }

    @Test
    void a_replica_set_that_is_kept_for_an_undo_makes_none() {
        assertThat(waitedFor(NEW, deployment(false), replicaSet("old", 0, "01Z", "1")))
                .isEmpty();
    }

    @Test
    void a_replica_set_that_is_being_replaced_makes_some() {
        assertThat(waitedFor(NEW, deployment(false), replicaSet("old", 1, "01Z", "1")))
                .containsExactly("replicaset old: declares 1, contract needs 2");
    }

    @Test
    void a_paused_deployment_scales_up_its_newest_replica_set_whatever_its_template_says() {
        assertThat(waitedFor(
                        NEW, deployment(true), replicaSet("older", 0, "01Z", "0"), replicaSet("old", 0, "02Z", "1")))
                .containsExactly("replicaset old: declares 1, contract needs 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "observedGeneration: 2, currentRevision: a, updateRevision: b",
                "observedGeneration: 1, currentRevision: a, updateRevision: a"
            })
    void a_partition_keeps_pods_of_an_older_template(String status) {
        assertThat(waitedFor(NEW, statefulSet(1, status)))
                .containsExactly("statefulset shop: declares two revisions, by its partition, contract needs 2");
    }

    @Test
    void a_stateful_set_of_one_template_counts_as_that() {
        assertThat(waitedFor(NEW, statefulSet(1, "observedGeneration: 2, currentRevision: b, updateRevision: b")))
                .isEmpty();
    }

    @Test
    void a_stateful_set_without_a_partition_makes_pods_of_the_newer_template_only() {
        assertThat(waitedFor(NEW, statefulSet(0, "observedGeneration: 2, currentRevision: a, updateRevision: b")))
                .isEmpty();
    }

    @Test
    void pods_that_nobody_lists_are_waited_for_with_the_reason() {
        world.look();
        world.ends(0, Reported.held("up"))
                .workloads(new Workloads.Refused("pods is forbidden"))
                .look();

        assertThat(world.condition("Ready")).isEqualTo("True WaitingForPods");
        assertThat(world.status().waitingFor())
                .containsExactly("the pods of podSelector, which the API server does not list: pods is forbidden");
    }
}
