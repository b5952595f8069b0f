package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void an_empty_environment_watches_everything_under_election() {
        var settings = Settings.of(Map.of(), "me");

        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.election()).contains(new Settings.Election("default", "lockstep", "me"));
        assertThat(settings.probePort()).isEqualTo(8080);
    }

    @Test
    void namespaces_are_separated_by_commas() {
        var settings =
                Settings.of(Map.of("LOCKSTEP_WATCH_NAMESPACES", "a, b,", "LOCKSTEP_LEADER_ELECTION", "false"), "me");

        assertThat(settings.namespaces()).containsExactlyInAnyOrder("a", "b");
        assertThat(settings.election()).isEmpty();
    }
}
