package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/// A Job and its pod are told of by two watches, and either may be late.
class LateWatchTest {
    private final World world = new World(DanceTest.INLINE);

    private void jobEnds(String type) {
        world.look();
        world.jobs().getLast().setStatus(Serialization.unmarshal("""
                conditions: [{type: %s, status: "True", lastTransitionTime: "2026-01-01T00:00:00Z"}]
                """.formatted(type), JobStatus.class));
    }

    @Test
    void a_job_that_has_ended_before_its_pod_is_seen_is_not_taken_for_one_without_a_report() {
        jobEnds("Complete");

        assertThat(world.later(1).look()).isInstanceOf(Decision.Wait.class);
        world.ends(0, Reported.DONE);
        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
    }

    @Test
    void a_job_whose_pod_is_not_seen_in_time_has_left_no_report() {
        jobEnds("Failed");

        world.later(11).look();

        assertThat(world.condition("Ready")).isEqualTo("False NoReport");
        assertThat(world.message()).contains("its pod is gone");
        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
    }
}
