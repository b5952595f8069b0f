package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import org.junit.jupiter.api.Test;

/// Contract steps and the application's rollout, in step.
class DanceTest {
    static final String INLINE = "{inline: {V1__init.sql: select 1}}";
    static final String ROLLED_OUT = ", contract: {podSelector: {matchLabels: {app: shop}}}";
    static final String UNASKED = ROLLED_OUT + ", approval: Never";

    private final World world = new World(INLINE, ROLLED_OUT);

    static String pod(String name, String revision) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: shop}, annotations: {revision.lockstep.dev/orders: "%s"}}
                status: {phase: Running}
                """.formatted(name, revision);
    }

    private static String deployment(String revision) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec: {template: {metadata: {labels: {app: shop}, annotations: {revision.lockstep.dev/orders: "%s"}}}}
                """.formatted(revision);
    }

    private World expanded(World world) {
        world.look();
        world.ends(0, Reported.held("up")).look();
        return world;
    }

    @Test
    void the_first_leg_holds_and_asks_for_nothing() {
        world.look();

        assertThat(world.order().get("contract").asText()).isEqualTo("Hold");
        assertThat(world.order().has("approvedPlan")).isFalse();
    }

    @Test
    void the_gate_is_closed_and_only_then_the_rest_is_run_when_all_that_is_alive_is_new_and_a_person_agrees() {
        expanded(world).alive(pod("new", "2"), deployment("2"));
        assertThat(world.look()).isInstanceOf(Decision.Await.class);
        assertThat(world.condition("Ready")).isEqualTo("True ApprovalNeeded");

        assertThat(world.approves(Reported.HASH).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("CloseGate");
        assertThat(world.order().get("approvedPlan").asText()).isEqualTo(Reported.HASH);
        world.look();
        assertThat(world.condition("Ready")).isEqualTo("True Contracting");
        assertThat(world.status().stage()).hasToString("Contracting");

        assertThat(world.ends(0, Reported.held("up")).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("Go");
        assertThat(world.ends(0, Reported.DONE).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Contracted")).isEqualTo("True NothingHeld");
        assertThat(world.jobs()).hasSize(3);
    }

    @Test
    void an_old_pod_and_an_old_template_are_waited_for_by_name() {
        var world = expanded(new World(INLINE, UNASKED));
        world.alive(pod("old", "1"), pod("new", "2"), deployment("1")).look();

        assertThat(world.condition("Ready")).isEqualTo("True WaitingForPods");
        assertThat(world.condition("Contracted")).isEqualTo("False WaitingForPods");
        assertThat(world.status().stage()).hasToString("AwaitingPods");
        assertThat(world.status().waitingFor())
                .containsExactly(
                        "pod old: declares 1, contract needs 2", "deployment shop: declares 1, contract needs 2");
    }

    @Test
    void an_old_pod_that_comes_after_the_gate_was_closed_is_waited_for_again() {
        var world = expanded(new World(INLINE, UNASKED));
        world.alive(pod("new", "2")).look();
        world.alive(pod("new", "2"), pod("late", "1"));

        assertThat(world.ends(0, Reported.held("up")).look()).isInstanceOf(Decision.Await.class);
        assertThat(world.alive(pod("new", "2")).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("Go");
    }

    @Test
    void no_workload_at_all_is_no_rollout() {
        var world = expanded(new World(INLINE, UNASKED));

        assertThat(world.alive().look()).isInstanceOf(Decision.Await.class);
        assertThat(world.status().waitingFor()).singleElement().asString().contains("podSelector");
    }

    @Test
    void a_last_leg_that_fails_is_begun_again_only_while_nobody_old_is_there() {
        var world = expanded(new World(INLINE, UNASKED)).alive(pod("new", "2"));
        world.look();
        world.ends(0, Reported.held("up")).look();
        world.ends(4, StoryTest.failed("LockBudgetExceeded")).look();
        assertThat(world.condition("Ready")).isEqualTo("False LockBudgetExceeded");

        assertThat(world.alive(pod("old", "1")).later(5).look()).isInstanceOf(Decision.Await.class);
        assertThat(world.alive(pod("new", "2")).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("Go");
        assertThat(world.jobs()).hasSize(4);
    }

    @Test
    void a_gate_that_could_not_be_closed_is_tried_again_though_the_leg_before_was_never_told() {
        var world = new World(INLINE, UNASKED).alive(pod("new", "2"));
        world.look();
        assertThat(world.ends(0, Reported.held("up")).look()).isInstanceOf(Decision.Start.class);
        world.ends(4, StoryTest.failed("LockBudgetExceeded")).look();

        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("CloseGate");
        assertThat(world.status().applied()).hasSize(1);
    }

    @Test
    void a_yes_that_was_taken_back_before_the_last_leg_is_no_yes() {
        expanded(world).approves(Reported.HASH).alive(pod("new", "2")).look();

        assertThat(world.takesBack().ends(0, Reported.held("up")).look()).isInstanceOf(Decision.Await.class);
        assertThat(world.condition("Approved")).isEqualTo("False ApprovalNeeded");
    }

    @Test
    void a_yes_to_another_plan_is_none() {
        expanded(world).alive(pod("new", "2")).approves("sha256:" + "0b".repeat(32));

        assertThat(world.look()).isInstanceOf(Decision.Await.class);
    }

    @Test
    void where_a_person_alone_is_waited_for_no_gate_is_closed_and_each_contract_step_is_asked_about() {
        var world = expanded(new World(INLINE, ", approval: Never"));
        assertThat(world.order().get("approval").asText()).isEqualTo("Contract");

        assertThat(world.approves(Reported.HASH).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("Go");
    }

    @Test
    void at_once_means_one_leg_and_a_question_that_it_brings_back_is_answered_by_a_second_run() {
        var world = new World(INLINE, ", contract: {when: Immediately}");
        world.look();
        assertThat(world.order().get("contract").asText()).isEqualTo("Go");
        world.ends(5, Reported.held("up").replace("\"Done\"", "\"Approval\"")).look();
        assertThat(world.condition("Ready")).isEqualTo("False ApprovalNeeded");

        assertThat(world.approves(Reported.HASH).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("approvedPlan").asText()).isEqualTo(Reported.HASH);
        assertThat(world.ends(0, Reported.DONE).look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void the_way_down_waits_for_code_that_is_too_new_and_closes_the_gate_to_it_first() {
        var world = new World(INLINE, UNASKED + ", downgrade: Allowed, target: \"1\"");
        world.look();
        assertThat(world.order().get("mayDowngrade").asBoolean()).isTrue();
        world.alive(pod("new", "2"), pod("odd", "latest"), pod("old", "1"))
                .ends(0, Reported.ahead())
                .look();
        assertThat(world.condition("Ready")).isEqualTo("True WaitingForPods");
        assertThat(world.status().waitingFor())
                .containsExactly("pod new: declares 2, more than 1", "pod odd: declares latest, more than 1");

        assertThat(world.alive(pod("old", "1")).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("CloseGate");
        world.look();
        assertThat(world.status().stage()).hasToString("Downgrading");
        assertThat(world.ends(0, Reported.ahead()).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.ends(0, Reported.DONE).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
    }

    @Test
    void the_way_down_to_base_waits_for_all_code_that_wants_any_revision() {
        var world = new World(INLINE, UNASKED + ", downgrade: Allowed");
        world.look();
        world.ends(0, Reported.DONE).look();
        world.spec("target", "base").alive(pod("old", "1")).look();
        world.ends(0, Reported.ahead().replace("\"target\":\"1\",", "")).look();

        assertThat(world.status().waitingFor()).containsExactly("pod old: declares 1, more than base");
        assertThat(world.alive().look()).isInstanceOf(Decision.Start.class);
        assertThat(world.order().get("contract").asText()).isEqualTo("CloseGate");
    }

    @Test
    void an_older_target_is_ahead_and_no_more_where_the_way_down_is_forbidden() {
        world.look();
        world.ends(0, Reported.DONE.replace("\"Done\"", "\"Ahead\"")).look();

        assertThat(world.later(3600).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("True DatabaseAhead");
    }
}
