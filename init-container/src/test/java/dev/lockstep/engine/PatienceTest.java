package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Between what bounds a pause is drawn.
final class PatienceTest {
    /// Draws the least, and keeps what it was asked for.
    private record Asked(List<Duration> bounds) implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            bounds.add(Duration.ofNanos(bound));
            return 0;
        }
    }

    @Test
    void a_pause_is_drawn_from_nothing_to_twice_as_much_each_time_and_never_more_than_a_second() throws Refusal {
        var asked = new Asked(new ArrayList<>());
        var patience = new Patience(Duration.ofMinutes(1), asked, new Stop());

        for (int i = 0; i < 7; i++) {
            patience.pause();
        }

        assertThat(asked.bounds().stream().map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
    }

    @Test
    void no_budget_is_spent_at_once_and_a_long_one_is_not() {
        assertThat(new Patience(Duration.ZERO, RandomGenerator.getDefault(), new Stop()).exhausted())
                .isTrue();
        assertThat(new Patience(Duration.ofHours(1), RandomGenerator.getDefault(), new Stop()).exhausted())
                .isFalse();
    }
}
