package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import org.junit.jupiter.api.Test;

/// A person asks for another attempt by an annotation.
class RetryTest {
    private final World world = new World(DanceTest.INLINE);

    private World failed(String code) {
        world.look();
        world.ends(1, StoryTest.failed(code)).look();
        return world;
    }

    private String retried() {
        return String.valueOf(world.status().retried());
    }

    @Test
    void what_only_a_person_can_mend_is_run_again_at_once_by_the_same_order() {
        failed("StatementFailed");
        var before = world.order();

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Start.class);

        assertThat(world.order().get("files")).isEqualTo(before.get("files"));
        assertThat(world.jobs())
                .hasSize(2)
                .extracting(it -> it.getMetadata().getName())
                .doesNotHaveDuplicates();
        world.look();
        assertThat(retried()).isEqualTo("a");
        assertThat(world.status().run()).extracting("attempt").isEqualTo(2);
        assertThat(world.condition("Reconciling")).isEqualTo("True StatementFailed");
    }

    @Test
    void one_word_is_one_attempt() {
        failed("StatementFailed").retry("a").look();
        world.ends(1, StoryTest.failed("StatementFailed")).look();

        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.retry("b").look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void one_word_is_one_attempt_though_the_operator_was_away_meanwhile() {
        failed("StatementFailed").retry("a").look();
        world.ends(1, StoryTest.failed("StatementFailed"));

        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
        assertThat(retried()).isEqualTo("a");
        assertThat(world.jobs()).hasSize(2);
    }

    @Test
    void the_pause_before_the_next_attempt_is_cut_short() {
        failed("Unreachable");
        assertThat(world.look()).isInstanceOf(Decision.Retry.class);

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_word_that_comes_while_a_run_is_at_work_counts_if_it_fails() {
        world.look();
        assertThat(world.retry("a").look()).isInstanceOf(Decision.Wait.class);
        assertThat(retried()).isEqualTo("null");

        assertThat(world.ends(1, StoryTest.failed("StatementFailed")).look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void where_nothing_has_failed_it_is_noted_and_starts_nothing_now_or_later() {
        world.look();
        world.ends(0, Reported.DONE).look();

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Rest.class);
        assertThat(retried()).isEqualTo("a");

        world.migrations("{inline: {V1__init.sql: select 2}}").look();
        world.ends(1, StoryTest.failed("StatementFailed"));
        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void a_suspended_resource_is_run_again_when_it_is_released() {
        failed("StatementFailed").spec("suspend", "true");

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Hold.class);
        assertThat(retried()).isEqualTo("null");
        assertThat(world.spec("suspend", "false").look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_pod_that_cannot_start_is_replaced() {
        world.look();
        world.pods("{phase: Pending, conditions: [], containerStatuses: [{name: runner, state: {waiting: {reason:"
                        + " ErrImagePull, message: no such host}}}]}")
                .later(15)
                .look();

        assertThat(world.retry("a").look()).isInstanceOf(Decision.Replace.class);
        assertThat(world.look()).isInstanceOf(Decision.Start.class);
        world.look();
        assertThat(retried()).isEqualTo("a");
    }

    @Test
    void an_attempt_that_only_a_yes_allows_waits_for_the_yes() {
        var asking = new World(DanceTest.INLINE, DanceTest.ROLLED_OUT);
        asking.look();
        asking.ends(0, Reported.held("up")).look();
        asking.alive(DanceTest.pod("new", "2")).approves(Reported.HASH).look();
        asking.ends(1, StoryTest.failed("StatementFailed")).look();

        assertThat(asking.takesBack().retry("a").look()).isInstanceOf(Decision.Await.class);
        assertThat(asking.approves(Reported.HASH).look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_node_whose_clock_is_an_hour_ahead_does_not_put_the_next_attempt_off() {
        world.look();
        world.later(3600).ends(4, StoryTest.failed("Unreachable")).later(-3600 + 2);

        assertThat(world.look()).isInstanceOf(Decision.Retry.class);
        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
    }
}
