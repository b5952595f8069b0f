package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import dev.lockstep.handover.Code;
import org.junit.jupiter.api.Test;

/// What the target's code needs is there as soon as the expand steps are, whatever keeps the contract steps.
class ServedTest {
    private static final String NEVER = "[{\"cron\": \"0 2 * * *\", \"duration\": \"1m\"}]";

    private final World world = new World(DanceTest.INLINE, DanceTest.UNASKED);

    /// Expanded, and nobody is left whom the rest would break.
    private World expanded() {
        world.look();
        world.alive(DanceTest.pod("old", "1")).ends(0, Reported.held("up")).look();
        assertThat(world.condition("Ready")).isEqualTo("True WaitingForPods");
        return world.alive(DanceTest.pod("new", "2"));
    }

    @Test
    void a_suspended_resource_is_ready_still() {
        expanded().spec("suspend", "true").look();

        assertThat(world.condition("Ready")).isEqualTo("True Suspended");
        assertThat(world.condition("Contracted")).isEqualTo("False Suspended");
        assertThat(Kstatus.of(world.resource())).isEqualTo(Kstatus.Current);
    }

    @Test
    void so_is_one_whose_next_job_is_refused() {
        expanded().refuses("exceeded quota").look();

        assertThat(world.condition("Ready")).isEqualTo("True JobRefused");
        assertThat(world.condition("Contracted")).isEqualTo("False Held");
    }

    @Test
    void so_is_one_whose_next_pod_does_not_start() {
        expanded().look();
        world.pods("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                        + " message: no node}]}")
                .later(15)
                .look();

        assertThat(world.condition("Ready")).isEqualTo("True Unschedulable");
    }

    @Test
    void nobody_waits_for_a_window_that_only_contract_steps_need() {
        expanded().spec("windows", NEVER).look();

        assertThat(world.condition("Ready")).isEqualTo("True WindowClosed");
        assertThat(Kstatus.of(world.resource())).isEqualTo(Kstatus.Current);
    }

    @Test
    void other_scripts_are_not_there_because_the_last_ones_were() {
        var other = DanceTest.INLINE.replace("select", "select 1 +");
        assertThat(other).isNotEqualTo(DanceTest.INLINE);
        expanded().migrations(other).spec("windows", NEVER);

        assertThat(world.look()).isInstanceOf(Decision.Closed.class);

        assertThat(world.condition("Ready")).isEqualTo("False WindowClosed");
        assertThat(Kstatus.of(world.resource())).isEqualTo(Kstatus.InProgress);
    }

    @Test
    void a_run_of_other_scripts_is_not_ready_because_the_last_ones_wait_for_a_contract() {
        expanded().look();
        world.migrations(DanceTest.INLINE.replace("select", "select 1 +")).look();

        assertThat(world.condition("Ready")).isEqualTo("Unknown Running");
    }

    @Test
    void a_check_that_is_refused_says_nothing_of_the_target() {
        var checked = new World(DanceTest.INLINE, ", driftCheck: {interval: 1h}");
        checked.look();
        checked.ends(0, Reported.DONE).look();

        checked.later(4000).refuses("exceeded quota").look();

        assertThat(checked.condition("Ready")).isEqualTo("True JobRefused");
    }

    @Test
    void what_has_failed_is_not_ready_whatever_comes_next() {
        expanded().look();
        world.ends(0, Reported.held("up")).look();
        world.ends(4, StoryTest.failed(Code.LockBudgetExceeded.name())).look();
        assertThat(world.condition("Ready")).isEqualTo("False LockBudgetExceeded");

        world.spec("suspend", "true").look();

        assertThat(world.condition("Ready")).isEqualTo("False Suspended");
    }
}
