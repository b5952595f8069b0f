package dev.lockstep.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Random;
import org.flywaydb.core.internal.parser.PlaceholderReplacingReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlaceholdersTest {
    private static final Map<String, String> VALUES = Map.of("a", "1", "B", "${a}", "empty", "", "flyway:x", "$");

    private static String flyways(String text, Placeholders ours) throws IOException {
        try (var reader = new PlaceholderReplacingReader(
                ours.prefix(), ours.suffix(), ours.separator(), VALUES, new StringReader(text))) {
            var all = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                all.append((char) c);
            }
            return all.toString();
        }
    }

    /// Texts made of just the pieces that matter, so that every way to meet is met.
    @ParameterizedTest
    @CsvSource({"${, }", "$, $", "@@, @", "{{{, }}}", "$$$, }"})
    void the_result_is_flyways_to_the_letter(String prefix, String suffix) throws IOException {
        var ours = new Placeholders(VALUES, prefix, suffix, ":", true);
        var pieces = new String[] {
            prefix + "A" + suffix, prefix + "b" + suffix, prefix + "empty" + suffix, "$", "{", "\n", "x", "@"
        };
        var random = new Random(7);
        int compared = 0;
        for (int i = 0; i < 5000; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 6; j++) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            var filled = ours.fill(text.toString());
            if (filled.unknown().isEmpty()) {
                compared++;
                assertThat(filled.text()).as(text.toString()).isEqualTo(flyways(text.toString(), ours));
            }
        }
        assertThat(compared).isGreaterThan(1000);
    }

    @Test
    void the_first_unknown_one_is_named_with_its_line_and_the_rest_is_left_as_it_was() {
        var filled = new Placeholders(VALUES, "${", "}", ":", true).fill("${a}\n${nobody} ${a}");

        assertThat(filled.text()).isEqualTo("1\n${nobody} ${a}");
        assertThat(filled.unknown()).contains(new Placeholders.Unknown("${nobody}", 2));
    }

    @Test
    void nothing_is_replaced_where_nothing_has_to_be() {
        assertThat(Placeholders.NONE.only(false).fill("${nobody}").text()).isEqualTo("${nobody}");
    }
}
