package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeanTest {
    private static final String SPEC = """
            {nodeName: a, schedulerName: b, volumes: [{name: c, persistentVolumeClaim: {claimName: d}}, {name: x, secret: {}}],
             containers: [{name: e, image: f, args: [g], env: [{name: h, value: i}]}]}""";

    @Test
    void who_has_written_what_is_not_kept_and_the_rest_is() {
        var read = Lean.reading().unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: shop, resourceVersion: '7', managedFields: [{manager: kubectl, operation: Apply}]}
                spec: {target: head}
                """, SchemaMigration.class);

        assertThat(read.getMetadata().getName()).isEqualTo("shop");
        assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
        assertThat(read.getSpec().target()).isEqualTo("head");
    }

    @Test
    void of_a_pod_is_kept_what_it_uses_and_how_it_goes() {
        var pod = Lean.reading().unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: shop-1}
                spec: %s
                status: {phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: e, image: f, state: {running: {}}}]}
                """.formatted(SPEC), Pod.class);

        assertThat(Lean.reading().asJson(pod)).isEqualTo("""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"shop-1"},"spec":{"containers":[{"image":"f","name":"e"}],\
                "nodeName":"a","volumes":[{"persistentVolumeClaim":{"claimName":"d"}}]},\
                "status":{"containerStatuses":[{"name":"e","state":{"running":{}}}],"phase":"Running"}}""");
    }

    @Test
    void of_a_job_is_kept_what_it_starts_and_all_that_is_said_of_it() {
        var job = Lean.reading().unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: shop-1}
                spec: {backoffLimit: 0, template: {metadata: {labels: {a: b}}, spec: %s}}
                status: {failed: 1, conditions: [{type: Failed, status: 'True', reason: c}]}
                """.formatted(SPEC), Job.class);

        assertThat(Lean.reading().asJson(job)).isEqualTo("""
                {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"shop-1"},"spec":{"template":{"metadata":{\
                "labels":{"a":"b"}},"spec":{"containers":[{"image":"f","name":"e"}],"nodeName":"a","volumes":[{\
                "persistentVolumeClaim":{"claimName":"d"}}]}}},"status":{"conditions":[{"reason":"c","status":"True",\
                "type":"Failed"}],"failed":1}}""");
    }

    @Test
    void what_is_empty_is_the_same_in_all() {
        var one = Lean.reading().unmarshal(labelled("a", ""), Pod.class).getMetadata();
        var other = Lean.reading().unmarshal(labelled("b", ""), Pod.class).getMetadata();

        assertThat(one.getFinalizers()).isEmpty();
        assertThat(one.getAdditionalProperties()).isSameAs(other.getAdditionalProperties());
        assertThat(one.getFinalizers()).isSameAs(other.getFinalizers());
    }

    @Test
    void what_stands_in_many_objects_is_kept_once() {
        var script = "SELECT 1;".repeat(100);
        var one = Lean.reading().unmarshal(labelled("shop", script), Pod.class).getMetadata();
        var other =
                Lean.reading().unmarshal(labelled("shop", script), Pod.class).getMetadata();

        assertThat(one.getLabels()).isEqualTo(Map.of("lockstep.dev/migration", "shop", "script", script));
        assertThat(one.getLabels().keySet().iterator().next())
                .isSameAs(other.getLabels().keySet().iterator().next());
        assertThat(one.getName())
                .isSameAs(other.getName())
                .isSameAs(one.getLabels().get("lockstep.dev/migration"));
        assertThat(one.getLabels().get("script")).isNotSameAs(other.getLabels().get("script"));
    }

    private static String labelled(String name, String script) {
        return "kind: Pod\nmetadata: {name: %1$s, labels: {lockstep.dev/migration: %1$s, script: '%2$s'}}"
                .formatted(name, script);
    }
}
