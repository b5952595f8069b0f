package dev.lockstep.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "7B, 7",
        "2k, 2000",
        "2KiB, 2048",
        "10GiB, 10737418240",
        "10Gi, 10737418240",
        "3TB, 3000000000000"
    })
    void sizes(String text, long bytes) {
        assertThat(Sizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GiB", "-1", "1.5GiB", "10 GiB", "10iB", "10i", "1EiB", "99999999TiB"})
    void what_is_no_size(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}
