package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.metrics.Wait.For;
import dev.lockstep.observed.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What a resource waits for, and since when.
class WaitTest {
    private static Instant minute(int minute) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * minute);
    }

    @Test
    void one_that_nobody_has_answered_waits_since_it_was_made() {
        assertThat(Wait.of(Standing.of(Resources.unanswered("new")))).contains(new Wait(For.Ready, minute(0)));
    }

    @Test
    void one_that_is_ready_waits_for_nothing() {
        assertThat(Wait.of(Standing.of(Resources.settled("orders")))).isEmpty();
    }

    @Test
    void a_failure_on_the_way_is_no_new_beginning() {
        var failing = Resources.standing("Failed", "Ready False LockBusy 9", "Reconciling True LockBusy 3");
        var stalled =
                Resources.standing("Failed", "Ready False StatementFailed 9", "Reconciling False StatementFailed 9");

        assertThat(Wait.of(failing)).contains(new Wait(For.Ready, minute(3)));
        assertThat(Wait.of(stalled)).contains(new Wait(For.Ready, minute(9)));
    }

    @Test
    void what_the_spec_itself_puts_off_waits_for_nothing() {
        assertThat(Wait.of(Resources.standing("Planning", "Ready False Suspended 3")))
                .isEmpty();
        assertThat(Wait.of(Resources.standing("Planning", "Ready False WindowClosed 3")))
                .isEmpty();
    }

    @Test
    void pods_are_waited_for_since_the_steps_were_held_or_a_person_has_agreed() {
        var held = Resources.standing(
                "AwaitingPods",
                "Ready True WaitingForPods 2",
                "Contracted False WaitingForPods 4",
                "Approved True x 0");
        var agreed = Resources.standing(
                "AwaitingPods",
                "Ready True WaitingForPods 2",
                "Contracted False WaitingForPods 4",
                "Approved True x 7");

        assertThat(Wait.of(held)).contains(new Wait(For.Pods, minute(4)));
        assertThat(Wait.of(agreed)).contains(new Wait(For.Pods, minute(7)));
    }

    @Test
    void a_person_is_waited_for_since_the_question() {
        var asked = Resources.standing(
                "AwaitingApproval", "Ready False ApprovalNeeded 2", "Approved False ApprovalNeeded 3");

        assertThat(Wait.of(asked)).contains(new Wait(For.Approval, minute(3)));
    }

    @Test
    void a_backup_of_somebody_else_is_waited_for_since_a_run_has_asked() {
        var first = Resources.standing("Planning", "Ready False BackupNeeded 3", "BackupReady False BackupNeeded 0");
        var later = Resources.standing("Planning", "Ready True BackupNeeded 3", "BackupReady False BackupNeeded 5");

        assertThat(Wait.of(first)).contains(new Wait(For.Backup, minute(3)));
        assertThat(Wait.of(later)).contains(new Wait(For.Backup, minute(5)));
    }

    @Test
    void a_clock_that_is_behind_makes_no_negative_time() {
        assertThat(new Wait(For.Ready, minute(3)).seconds(minute(2))).isZero();
        assertThat(new Wait(For.Ready, minute(3)).seconds(minute(4))).isEqualTo(60);
    }
}
