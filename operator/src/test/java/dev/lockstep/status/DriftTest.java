package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Code;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The schema is compared, on a schedule, with what the last run has left.
class DriftTest {
    /// The interval, a tenth of it, and a second.
    private static final int DUE = 3600 + 361;

    private final World world = new World(DanceTest.INLINE, ", driftCheck: {interval: 1h}");

    private World settled() {
        world.look();
        world.ends(0, Reported.DONE).look();
        return world;
    }

    private static String drifted(String object) {
        return StoryTest.failed("Drifted").replace("it broke", object);
    }

    private Decision check(int exit, String report) {
        assertThat(world.later(DUE).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        return world.ends(exit, report).look();
    }

    @Test
    void nothing_is_compared_before_it_is_time() {
        assertThat(settled().condition("Drifted")).isEqualTo("Unknown NotChecked");

        assertThat(world.later(3599).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.jobs()).hasSize(1);
    }

    @Test
    void a_check_is_an_order_of_its_own_and_the_resource_stays_ready_meanwhile() {
        settled().later(DUE).look();

        assertThat(world.order().get("verb").asText()).isEqualTo("drift");
        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(world.ends(0, Reported.AMENDED).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Drifted")).isEqualTo("False Unchanged");
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(Objects.requireNonNull(world.status().run()).result()).isEqualTo("Done");
        assertThat(world.jobs()).hasSize(2);
    }

    @Test
    void what_differs_is_told_once_and_again_when_it_is_something_else() {
        settled();

        assertThat(check(7, drifted("+ index by_hand"))).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Drifted")).isEqualTo("True Drifted");
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(Objects.requireNonNull(world.status().drift()).result()).isEqualTo("Drifted");
        check(7, drifted("+ index by_hand"));
        check(7, drifted("- index by_hand"));

        assertThat(world.reasons()).filteredOn("Drifted"::equals).hasSize(2);
        assertThat(world.jobs()).hasSize(4);
    }

    @Test
    void a_check_that_comes_to_nothing_says_nothing() {
        settled();

        check(4, StoryTest.failed("Unreachable"));

        assertThat(world.condition("Drifted")).isEqualTo("Unknown Unreachable");
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
    }

    @Test
    void what_a_check_has_found_stays_told_when_its_job_is_gone_and_its_number_is_not_given_away_again() {
        settled();
        check(7, drifted("+ index by_hand"));
        var job = world.jobs().getLast().getMetadata().getName();
        world.remove(job);

        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Drifted")).isEqualTo("True Drifted");
        world.later(DUE).look();
        assertThat(world.jobs().getLast().getMetadata().getName()).isNotEqualTo(job);
    }

    @Test
    void a_run_waits_for_the_check_at_work_and_begins_the_time_anew() {
        settled().later(DUE).look();

        world.migrations("{inline: {V1__init.sql: select 2}}, driftCheck: {interval: 1h}");
        assertThat(world.look()).isInstanceOf(Decision.Wait.class);
        assertThat(world.ends(0, Reported.AMENDED).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("verb").asText()).isEqualTo("run");
        world.look();
        assertThat(world.ends(0, Reported.DONE).later(3599).look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void nothing_is_compared_while_it_is_suspended_or_after_a_run_that_failed() {
        settled();
        assertThat(world.spec("suspend", "true").later(DUE).look()).isInstanceOf(Decision.Rest.class);

        var other = new World(DanceTest.INLINE, ", driftCheck: {interval: 1h}");
        other.look();
        other.ends(7, StoryTest.failed(Code.ChecksumMismatch.name())).look();

        assertThat(other.later(DUE).look()).isInstanceOf(Decision.Rest.class);
        assertThat(other.jobs()).hasSize(1);
    }
}
