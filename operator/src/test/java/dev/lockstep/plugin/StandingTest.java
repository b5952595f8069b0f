package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the exit status of `status` tells a script, and when following ends.
class StandingTest {
    @ParameterizedTest
    @CsvSource({
        "2, True,    False, False, Ready,   true",
        "2, True,    True,  False, Ready,   false",
        "2, Unknown, True,  False, Pending, false",
        "2, False,   False, False, Pending, false",
        "2, False,   True,  True,  Stalled, true",
        "1, True,    False, False, Pending, false",
        "1, False,   False, True,  Pending, false",
    })
    void a_verdict_is_of_the_newest_spec_alone(
            int generation, String ready, String moving, String stalled, Verdict verdict, boolean rests) {
        var standing = Written.standing("{observedGeneration: %d, conditions: %s}"
                .formatted(generation, Written.conditions(ready, moving, stalled, "Settled")));

        assertThat(standing.verdict()).isEqualTo(verdict);
        assertThat(standing.isAtRest()).isEqualTo(rests);
    }

    @Test
    void a_resource_without_a_status_is_not_ready_yet() {
        assertThat(Written.standing("").verdict()).isEqualTo(Verdict.Pending);
    }

    @Test
    void of_many_the_one_counts_that_is_least_good() {
        assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.Ready);
        assertThat(Verdict.worst(List.of(Verdict.Ready, Verdict.Pending))).isEqualTo(Verdict.Pending);
        assertThat(Verdict.worst(List.of(Verdict.Pending, Verdict.Stalled, Verdict.Ready)))
                .isEqualTo(Verdict.Stalled);
        assertThat(List.of(Verdict.values())).extracting(Verdict::exit).containsExactly(0, 1, 3);
    }
}
