package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"100ms, PT0.1S", "10s, PT10S", "10m, PT10M", "500h, PT500H", "1800000000ms, PT500H"})
    void a_number_and_a_unit_make_a_duration(String text, Duration duration) {
        assertThat(Durations.of(text)).isEqualTo(duration);
    }
}
