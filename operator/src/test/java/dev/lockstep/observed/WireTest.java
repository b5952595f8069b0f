package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "killed",
                "{\"v\":1,\"outcome\":\"Do",
                "{\"v\":1}",
                "{\"v\":2,\"outcome\":\"Done\",\"held\":[],\"applied\":[],\"blockers\":[]}"
            })
    void a_message_that_is_no_report_of_this_format_is_none(String message) {
        assertThat(Wire.report(message)).isEmpty();
    }
}
