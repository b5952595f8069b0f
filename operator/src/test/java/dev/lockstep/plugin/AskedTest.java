package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What waits for a yes, and that a yes is to just what was shown.
class AskedTest {
    private static final String OTHER = "sha256:" + "cd".repeat(32);
    private static final String STEPS = """
            {observedGeneration: 2, plan: {hash: '%s', steps: [{revision: '3', description: drop note, phase: contract,
             direction: up, destructive: true}]}%s}""";
    private static final String AMENDED = ", annotations: {lockstep.dev/amend: stamp 2}";
    private static final String AMENDMENT = ", amendment: {words: stamp 2, plan: '" + OTHER + "'}";

    @Test
    void the_steps_are_told_with_what_they_lose_and_the_command_for_a_yes() {
        assertThat(Plans.lines(steps(), Paint.NONE))
                .containsExactly(
                        "Steps of shop/orders that wait for a yes to " + Written.HASH + ":",
                        "└─ 3 drop note (contract up) LOSES DATA",
                        "Agree with: kubectl lockstep approve orders -n shop --plan " + Written.HASH);
    }

    @Test
    void a_yes_that_was_given_is_not_asked_for_again() {
        var agreed = Written.standing(STEPS.formatted(
                Written.HASH, ", conditions: [" + Written.condition("Approved", "True", "Approved", "") + "]"));

        assertThat(Plans.lines(agreed, Paint.NONE).getLast()).contains("names it already");
    }

    @Test
    void steps_that_wait_for_pods_name_them_and_no_command() {
        var waiting = Written.standing("""
                {observedGeneration: 2, plan: {steps: [{revision: '3', description: not null, phase: contract, direction: up}]},
                 waitingFor: ['pod orders-6c9: declares 1'], conditions: [%s]}""".formatted(Written.condition("Ready", "True", "WaitingForPods", "")));

        assertThat(Plans.lines(waiting, Paint.NONE))
                .containsExactly(
                        "Steps of shop/orders that wait, but for nobody's yes:",
                        "└─ 3 not null (contract up)",
                        "waiting for pod orders-6c9: declares 1");
    }

    @Test
    void what_waits_is_agreed_to_by_its_hash_or_alone() throws Refused {
        assertThat(Asked.chosen(steps(), Optional.empty()).hash()).isEqualTo(Written.HASH);
        assertThat(Asked.chosen(both(), Optional.of(OTHER))).isEqualTo(new Asked.Change(OTHER, "stamp 2"));
    }

    @Test
    void of_several_things_one_has_to_be_named() {
        assertThatThrownBy(() -> Asked.chosen(both(), Optional.empty()))
                .hasMessageContainingAll("several things", Written.HASH, OTHER);
    }

    @Test
    void a_plan_that_has_changed_since_it_was_shown_is_not_agreed_to() throws Refused {
        var shown = Asked.chosen(steps(), Optional.empty());
        var changed = Written.standing(STEPS.formatted(OTHER, ""));

        assertThatThrownBy(() -> Asked.chosen(changed, Optional.of(Written.HASH)))
                .hasMessageContainingAll("has changed since it was shown", "nothing was approved");
        assertThatThrownBy(() -> Asked.refuseChanged(changed, shown)).hasMessageContaining("has changed");
        Asked.refuseChanged(steps(), shown);
    }

    @Test
    void a_spec_that_nobody_has_answered_yet_is_not_agreed_to() {
        var stale = Written.standing(STEPS.formatted(Written.HASH, "").replace("Generation: 2", "Generation: 1"));

        assertThatThrownBy(() -> Asked.chosen(stale, Optional.empty())).hasMessageContaining("has not answered it yet");
    }

    @Test
    void where_nothing_waits_there_is_nothing_to_agree_to() {
        assertThatThrownBy(() -> Asked.chosen(Written.standing("{observedGeneration: 2}"), Optional.empty()))
                .hasMessageContaining("nothing waits for a yes");
    }

    @Test
    void an_amendment_that_was_called_off_or_has_begun_waits_no_more() {
        var calledOff = Written.standing("{observedGeneration: 2" + AMENDMENT + "}");
        var begun = Written.standing(AMENDED, "{observedGeneration: 2" + AMENDMENT.replace("}", ", job: orders-3}}"));

        assertThat(Asked.of(calledOff)).isEmpty();
        assertThat(Asked.of(begun)).isEmpty();
        assertThat(Asked.of(Written.standing(AMENDED, "{observedGeneration: 2" + AMENDMENT + "}")))
                .hasSize(1);
    }

    @Test
    void an_approval_is_named_by_what_it_agrees_to() {
        var approval = Approval.of(steps(), Written.HASH);

        assertThat(approval.getMetadata().getName()).isEqualTo("orders-abababababababab");
        assertThat(approval.getSpec().plan()).isEqualTo(Written.HASH);
        assertThat(approval.getSpec().migration()).isEqualTo("orders");
    }

    private static Standing steps() {
        return Written.standing(STEPS.formatted(Written.HASH, ""));
    }

    private static Standing both() {
        return Written.standing(AMENDED, STEPS.formatted(Written.HASH, AMENDMENT));
    }
}
