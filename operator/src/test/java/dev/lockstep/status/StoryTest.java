package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person sees happen to a resource, look by look.
class StoryTest {
    private static final String INLINE = "{inline: {V1__init.sql: select 1}}";
    private static final String OTHER = "{inline: {V1__init.sql: select 2}}";

    private final World world = new World(INLINE);

    @Test
    void a_run_that_does_its_work_settles_the_resource_and_then_nothing_is_written_any_more() {
        world.look();
        world.look();
        world.ends(0, Reported.DONE).look();
        var writes = world.writes();
        var decision = world.later(3600).look();

        assertThat(decision).isInstanceOf(Decision.Rest.class);
        assertThat(world.writes()).isEqualTo(writes).isEqualTo(2);
        assertThat(world.jobs()).hasSize(1);
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(world.condition("Contracted")).isEqualTo("True NothingHeld");
        assertThat(world.condition("BackupReady")).isEqualTo("True Verified");
        assertThat(world.status().revision()).isEqualTo("1");
        assertThat(world.reasons()).containsExactly("Started", "Blocked", "Migrated");
    }

    @Test
    void a_settled_resource_stays_settled_when_its_job_has_been_cleaned_up() {
        world.look();
        world.ends(0, Reported.DONE).look();
        world.jobs().clear();

        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("True Settled");
    }

    @Test
    void a_fault_of_the_author_waits_for_a_change_and_the_change_starts_a_run() {
        world.look();
        world.ends(1, failed("StatementFailed")).look();

        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("False StatementFailed");
        assertThat(world.condition("Stalled")).isEqualTo("True StatementFailed");
        assertThat(world.message()).isEqualTo("V1__init.sql:3: it broke; mend it");

        assertThat(world.migrations(OTHER).look()).isInstanceOf(Decision.Start.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BackupFailed", "BackupTooLarge"})
    void a_backup_that_was_not_taken_is_told_in_a_condition_of_its_own(String code) {
        world.look();
        world.ends(8, failed(code)).look();

        assertThat(world.condition("BackupReady")).isEqualTo("False " + code);
    }

    @Test
    void a_wish_that_comes_back_after_another_one_is_run_again() {
        world.look();
        world.ends(1, failed("StatementFailed")).look();
        world.migrations(OTHER).look();
        world.later(1).ends(0, Reported.DONE).look();

        assertThat(world.migrations(INLINE).look()).isInstanceOf(Decision.Start.class);
        assertThat(world.jobs())
                .hasSize(3)
                .extracting(it -> it.getMetadata().getName())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_fault_of_the_world_is_tried_again_later_and_keeps_its_reason_in_view_meanwhile() {
        world.look();
        world.ends(4, failed("Unreachable")).look();
        assertThat(world.later(4).look()).isInstanceOf(Decision.Retry.class);
        assertThat(world.condition("Reconciling")).isEqualTo("True Unreachable");
    }

    @Test
    void the_second_attempt_starts_five_seconds_after_the_first_has_failed() {
        world.look();
        world.ends(4, failed("Unreachable")).look();

        var decision = world.later(5).look();

        assertThat(decision).isInstanceOf(Decision.Start.class);
        world.look();
        assertThat(world.status().run()).extracting("attempt").isEqualTo(2);
        assertThat(world.condition("Ready")).isEqualTo("False Unreachable");
    }

    @Test
    void a_container_that_ends_without_a_word_is_tried_again() {
        world.look();
        world.ends(137, "").look();

        assertThat(world.condition("Ready")).isEqualTo("False NoReport");
        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_job_that_vanishes_while_at_work_is_tried_again() {
        world.look();
        world.look();
        world.jobs().clear();

        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_question_waits_for_its_answer() {
        world.look();
        world.ends(5, failed("ApprovalNeeded").replace("Failed", "Approval")).look();

        assertThat(world.later(100_000).look()).isInstanceOf(Decision.Rest.class);
        assertThat(world.condition("Ready")).isEqualTo("False ApprovalNeeded");
        assertThat(world.condition("Stalled")).isEqualTo("False ApprovalNeeded");
        assertThat(world.status().stage()).hasToString("AwaitingApproval");
    }

    @Test
    void held_steps_leave_the_resource_ready_and_are_named_with_the_approval_they_wait_for() {
        world.look();
        world.ends(0, Reported.held("up")).look();

        assertThat(world.condition("Ready")).isEqualTo("True ApprovalNeeded");
        assertThat(world.condition("Approved")).isEqualTo("False ApprovalNeeded");
        assertThat(world.condition("Contracted")).isEqualTo("False ApprovalNeeded");
        assertThat(world.status().stage()).hasToString("AwaitingApproval");
        assertThat(world.status().waitingFor())
                .containsExactly(
                        "SchemaMigrationApproval {migration: orders, plan: " + Reported.HASH + "}",
                        "2 drop: contract up, loses rows or columns; deploy 1.5 first");
    }

    @Test
    void a_missing_config_map_is_named_and_waited_for() {
        var late = new World("{configMap: {name: scripts}}");
        late.look();
        assertThat(late.condition("Ready")).isEqualTo("False FilesMissing");
        assertThat(late.message()).contains("ConfigMap scripts does not exist in namespace shop");

        assertThat(late.files(Map.of("V1__init.sql", "select 1")).look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_pod_that_cannot_start_is_told_after_some_patience_and_replaced_once_another_order_may_help() {
        var waiting = "{phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable,"
                + " message: no node}]}";
        world.look();
        world.pods(waiting).look();
        assertThat(world.condition("Ready")).isEqualTo("Unknown Running");

        world.later(15).look();
        assertThat(world.condition("Ready")).isEqualTo("False Unschedulable");
        assertThat(world.message()).contains("no node").contains("spec.runner");

        assertThat(world.migrations(OTHER).look()).isInstanceOf(Decision.Replace.class);
        assertThat(world.look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_pod_whose_image_cannot_be_pulled_is_replaced_when_the_operator_has_another() {
        var waiting = "{phase: Pending, conditions: [], containerStatuses: [{name: runner, state: {waiting: {reason:"
                + " ErrImagePull, message: no such host}}}]}";
        world.look();
        world.pods(waiting).later(15).look();
        assertThat(world.condition("Ready")).isEqualTo("False ImagePullBackOff");

        assertThat(world.image("runner:2").look()).isInstanceOf(Decision.Replace.class);
    }

    @Test
    void a_container_at_work_is_waited_for_although_nobody_wants_it_any_more() {
        world.look();
        world.pods("{phase: Running, containerStatuses: [{name: runner, state: {running: {}}}]}");

        assertThat(world.later(60).migrations(OTHER).image("runner:2").look()).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void another_image_of_the_runner_starts_nothing() {
        world.look();
        world.ends(0, Reported.DONE).look();

        assertThat(world.image("runner:2").look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void a_suspended_resource_starts_nothing_until_it_is_released() {
        world.spec("suspend", "true");

        assertThat(world.look()).isInstanceOf(Decision.Hold.class);
        assertThat(world.condition("Ready")).isEqualTo("False Suspended");
        assertThat(world.spec("suspend", "false").look()).isInstanceOf(Decision.Start.class);
    }

    @Test
    void a_sidecar_that_never_ends_does_not_keep_a_run_from_being_judged() {
        world.look();
        world.pods("{phase: Running, containerStatuses: [{name: proxy, state: {running: {}}}, {name: runner, state:"
                + " {terminated: {exitCode: 0, finishedAt: \"2026-01-01T00:00:00Z\", message: %s}}}]}"
                        .formatted(Serialization.asJson(Reported.DONE)));

        assertThat(world.look()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void an_evicted_pod_is_a_run_without_a_report() {
        world.look();
        world.pods("{phase: Failed, reason: Evicted}").look();

        assertThat(world.condition("Ready")).isEqualTo("False NoReport");
        assertThat(world.message()).contains("Evicted");
    }

    @Test
    void a_refused_password_needs_a_person_and_is_tried_again_all_the_same() {
        world.look();
        world.ends(4, failed("AuthenticationRefused")).look();

        assertThat(world.condition("Stalled")).isEqualTo("True AuthenticationRefused");
        assertThat(world.condition("Reconciling")).isEqualTo("True AuthenticationRefused");
        assertThat(world.later(5).look()).isInstanceOf(Decision.Start.class);
    }

    static String failed(String code) {
        return """
                {"v":1,"outcome":"Failed","failure":{"code":"%s","place":"V1__init.sql:3","message":"it broke",
                 "remedy":"mend it"},"held":[],"counts":{"pending":1,"applied":0,"held":0},"applied":[],"blockers":[]}""".formatted(code);
    }
}
