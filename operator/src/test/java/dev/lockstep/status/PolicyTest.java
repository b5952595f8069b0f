package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.observed.Floor;
import dev.lockstep.resource.Spec.Approval;
import dev.lockstep.resource.Spec.Contract.Gate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the operator's policy makes of a resource.
class PolicyTest {
    private static final String INLINE = "{inline: {V1__init.sql: select 1}}";
    private static final String PODS = "podSelector: {matchLabels: {app: a}}";

    @ParameterizedTest
    @CsvSource({
        "Never, Destructive, Destructive",
        "Destructive, Never, Destructive",
        "Destructive, Always, Always",
        "Always, Destructive, Always"
    })
    void the_stricter_approval_wins(String written, Approval floor, String ordered) {
        var world = new World(INLINE, ", contract: {when: Immediately}, approval: " + written)
                .floor(new Floor(floor, Gate.Immediately, Set.of()));
        world.look();

        assertThat(world.order().get("approval").asText()).isEqualTo(ordered);
    }

    @ParameterizedTest
    @CsvSource({
        "Immediately, Immediately, Go, Destructive",
        "Immediately, RolledOut, Hold, Contract",
        "Immediately, Approved, Hold, Contract",
        "RolledOut, Immediately, Hold, Destructive",
        "RolledOut, Approved, Hold, Contract",
        "Approved, RolledOut, Hold, Contract"
    })
    void the_stricter_gate_wins(String written, Gate floor, String leg, String asks) {
        var pods = written.equals("RolledOut") ? ", " + PODS : "";
        var world = new World(INLINE, ", contract: {when: " + written + pods + "}")
                .floor(new Floor(Approval.Never, floor, Set.of()));
        world.look();

        assertThat(world.order().get("contract").asText()).isEqualTo(leg);
        assertThat(world.order().get("approval").asText()).isEqualTo(asks);
    }

    @Test
    void what_is_raised_is_told_and_what_is_not_is_no_matter() {
        var raised = new World(INLINE, ", contract: {when: Immediately}, approval: Never")
                .floor(new Floor(Approval.Destructive, Gate.Approved, Set.of()));
        raised.look();
        raised.look();
        assertThat(raised.condition("Raised")).isEqualTo("True Policy");
        assertThat(raised.status().conditions())
                .anyMatch(it -> it.message()
                        .equals("approval: Never is raised to Destructive; contract.when: Immediately is raised to"
                                + " Approved by the operator's policy"));

        var strict = new World(INLINE, ", approval: Always")
                .floor(new Floor(Approval.Destructive, Gate.RolledOut, Set.of()));
        strict.look();
        strict.look();
        assertThat(strict.condition("Raised")).isEmpty();
    }

    @Test
    void a_service_account_that_is_not_allowed_starts_no_run() {
        var floor = new Floor(Approval.Never, Gate.Immediately, Set.of("migrator", "other"));
        var refused = new World(INLINE, ", runner: {serviceAccountName: admin}").floor(floor);
        refused.look();
        assertThat(refused.jobs()).isEmpty();
        assertThat(refused.condition("Ready")).isEqualTo("False " + Code.PolicyRefused);
        assertThat(refused.message()).contains("service account admin", "name one of migrator, other");

        var silent = new World(INLINE).floor(floor);
        silent.look();
        assertThat(silent.condition("Ready")).as("the namespace's default").isEqualTo("False " + Code.PolicyRefused);

        var allowed = new World(INLINE, ", runner: {serviceAccountName: migrator}").floor(floor);
        allowed.look();
        assertThat(allowed.jobs()).hasSize(1);
    }

    @Test
    void what_the_copying_container_said_is_told() {
        var world = new World("{image: {reference: 'app:1'}}");
        world.look();
        world.pods(
                        "{phase: Failed, initContainerStatuses: [{name: migrations, state: {terminated: {exitCode: 1, reason:"
                                + " Error, message: \"cp: can't stat '/migrations/.'\"}}}]}")
                .look();

        assertThat(world.message()).contains("could not be copied out of migrations.image: cp: can't stat");
    }

    @Test
    void an_image_of_scripts_that_cannot_be_pulled_is_told() {
        var world = new World("{image: {reference: 'app:1'}}");
        world.look();
        world.pods(
                        "{phase: Pending, conditions: [], initContainerStatuses: [{name: migrations, state: {waiting: {reason:"
                                + " ErrImagePull, message: no such host}}}], containerStatuses: [{name: runner, state: {waiting:"
                                + " {reason: PodInitializing}}}]}")
                .later(15)
                .look();

        assertThat(world.condition("Ready")).isEqualTo("False ImagePullBackOff");
        assertThat(world.message()).contains("migrations.image");
    }
}
