package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.observed.Floor;
import dev.lockstep.resource.Spec;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void an_empty_environment_watches_everything_under_election() {
        var settings = Settings.of(Map.of(), "me");

        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.election()).contains(new Settings.Election("default", "lockstep", "me"));
        assertThat(settings.probePort()).isEqualTo(8080);
        assertThat(settings.floor()).isEqualTo(Floor.NONE);
    }

    @Test
    void the_policy_is_read_and_a_word_that_is_none_ends_the_operator() {
        var policy = Map.of(
                "LOCKSTEP_POLICY_APPROVAL", "Destructive",
                "LOCKSTEP_POLICY_CONTRACT", "RolledOut",
                "LOCKSTEP_POLICY_SERVICE_ACCOUNTS", "a, b");

        assertThat(Settings.of(policy, "me").floor())
                .isEqualTo(new Floor(Spec.Approval.Destructive, Spec.Contract.Gate.RolledOut, Set.of("a", "b")));
        assertThatThrownBy(() -> Settings.of(Map.of("LOCKSTEP_POLICY_APPROVAL", "destructive"), "me"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void each_resource_has_metrics_of_its_own_unless_somebody_does_not_want_them() {
        assertThat(Settings.of(Map.of(), "me").perResource()).isTrue();
        assertThat(Settings.of(Map.of("LOCKSTEP_METRICS_PER_RESOURCE", "false"), "me")
                        .perResource())
                .isFalse();
    }

    @Test
    void namespaces_are_separated_by_commas() {
        var settings =
                Settings.of(Map.of("LOCKSTEP_WATCH_NAMESPACES", "a, b,", "LOCKSTEP_LEADER_ELECTION", "false"), "me");

        assertThat(settings.namespaces()).containsExactlyInAnyOrder("a", "b");
        assertThat(settings.election()).isEmpty();
    }
}
