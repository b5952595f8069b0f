package dev.lockstep.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "6, 160", "7, 300", "64, 300", "2000000000, 300"})
    void the_pause_doubles_up_to_five_minutes(int attempt, int seconds) {
        assertThat(Backoff.after(Code.Unreachable, attempt)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "3, 20", "4, 30", "99, 30"})
    void what_a_person_is_about_to_repair_is_looked_at_every_half_minute(int attempt, int seconds) {
        assertThat(Backoff.after(Code.SecretMissing, attempt)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void a_fault_of_the_author_is_not_tried_again() {
        assertThat(Backoff.after(Code.StatementFailed, 1)).isEqualTo(Optional.empty());
        assertThat(Backoff.after(Code.ApprovalNeeded, 1)).isEqualTo(Optional.empty());
    }
}
