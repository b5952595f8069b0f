package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final Job AT_WORK = job("{}");
    private static final Job ENDED = job("{conditions: [{type: Complete, status: 'True'}]}");
    private static final Pod POD =
            Serialization.unmarshal("kind: Pod\nmetadata: {ownerReferences: [{uid: u-1}]}", Pod.class);

    private static Job job(String status) {
        return Serialization.unmarshal("""
                kind: Job
                metadata: {name: shop-1, uid: u-1}
                status: %s
                """.formatted(status), Job.class);
    }

    private static SchemaMigration told(String status) {
        return Serialization.unmarshal(
                "kind: SchemaMigration\nmetadata: {name: shop}\nstatus: " + status, SchemaMigration.class);
    }

    @Test
    void a_run_whose_job_or_pod_the_watches_do_not_tell_of_may_be_there_all_the_same() {
        var begun = told("{run: {job: shop-1}}");

        assertThat(Doubt.of(begun, List.of(), List.of())).isTrue();
        assertThat(Doubt.of(begun, List.of(ENDED), List.of())).isTrue();
        assertThat(Doubt.of(told("{amendment: {job: shop-1}}"), List.of(), List.of()))
                .isTrue();
    }

    @Test
    void what_is_there_or_has_been_told_is_not_asked_for_again() {
        var begun = told("{run: {job: shop-1}}");

        assertThat(Doubt.of(begun, List.of(AT_WORK), List.of())).isFalse();
        assertThat(Doubt.of(begun, List.of(ENDED), List.of(POD))).isFalse();
        assertThat(Doubt.of(told("{run: {job: shop-1, result: Done}}"), List.of(), List.of()))
                .isFalse();
        assertThat(Doubt.of(told("{amendment: {words: repair}}"), List.of(), List.of()))
                .isFalse();
    }
}
