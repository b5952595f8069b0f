package dev.lockstep.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that is not ready for a run: hibernated, a replica, at work for somebody else, without room.
class HeldTest {
    private final World world = new World(DanceTest.INLINE);

    private void ends(String code) {
        world.look();
        world.look();
        ends(code, "postgresql://db");
    }

    private void ends(String code, String place) {
        world.ends(4, StoryTest.failed(code).replace("V1__init.sql:3", place)).look();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unreachable", "Standby", "LockBusy", "Preflight"})
    void what_is_not_ready_yet_is_waited_for_by_its_reason_and_nothing_has_failed(String code) {
        ends(code);

        assertThat(world.condition("Reconciling")).isEqualTo("True " + code);
        assertThat(world.condition("Stalled")).isEqualTo("False " + code);
        assertThat(world.status().stage()).hasToString("Planning");
        assertThat(world.status().waitingFor()).containsExactly("postgresql://db: it broke; mend it");
        assertThat(world.reasons()).contains("Held").doesNotContain("Failed");
    }

    @Test
    void a_database_that_sleeps_over_the_weekend_is_told_of_once_and_migrated_when_it_wakes() {
        ends("Unreachable");
        world.later(5);
        ends("Unreachable");
        assertThat(world.reasons()).containsOnlyOnce("Held");

        world.later(10).look();
        world.look();
        world.ends(0, Reported.DONE).look();

        assertThat(world.condition("Ready")).isEqualTo("True Settled");
        assertThat(world.status().waitingFor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LockBudgetExceeded", "Preflight", "Standby"})
    void what_a_run_has_met_in_a_script_is_a_failure(String code) {
        world.look();
        world.look();
        ends(code, "db/V1__init.sql:3");

        assertThat(world.status().stage()).hasToString("Failed");
        assertThat(world.status().waitingFor()).isNull();
        assertThat(world.reasons()).contains("Failed");
    }
}
