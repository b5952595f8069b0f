package dev.lockstep.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0ms, PT0S",
        "100ms, PT0.1S",
        "1800000000ms, PT500H",
        "1800000s, PT500H",
        "30000m, PT500H",
        "500h, PT500H"
    })
    void a_number_and_a_unit_make_a_duration(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "1 minute", "1.5h", "-1s", "1800000001ms", "1800001s", "30001m", "501h", "9999999999h"})
    void what_is_none_or_more_than_five_hundred_hours_is_not_read(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
