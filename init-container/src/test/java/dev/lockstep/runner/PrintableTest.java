package dev.lockstep.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\u001b[31mred | a^[[31mred",
                "bell\u0007. | bell^G.",
                "gone\u007f | gone^?",
                "csi\u009b5m | csiM-^[5m",
                "größe £ · 数 | größe £ · 数",
                "'tab\tand\r\nline' | 'tab\tand\r\nline'",
            })
    void what_would_speak_to_the_terminal_is_written_out(String text, String printed) {
        var bytes = new ByteArrayOutputStream();

        new PrintStream(new Printable(bytes), true, UTF_8).print(text);

        assertThat(bytes.toString(UTF_8)).isEqualTo(printed);
    }
}
