package dev.lockstep.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of the codes is what the codes say. With `-Dlockstep.golden=write` it is rewritten instead.
class CodePageTest {
    private static final Path PAGE = Path.of("../docs/reference/errors.md");

    @Test
    void the_page_of_the_codes_is_what_they_say() throws IOException {
        if ("write".equals(System.getProperty("lockstep.golden"))) {
            Files.createDirectories(PAGE.toAbsolutePath().getParent());
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        var head = """
                # Error codes

                The same word is the first word of the command line's error, the reason of the resource's condition and the
                `code` of JSON output. A message adds the place (`file:line`, an address) and what to do.

                | code | exit | who has to act | what happened |
                |---|---|---|---|
                """;
        return head + Arrays.stream(Code.values()).map(CodePageTest::row).collect(Collectors.joining());
    }

    private static String row(Code code) {
        return "| `" + code + "` | " + code.exit() + " | " + who(code.blame()) + " | " + code.meaning() + " |\n";
    }

    private static String who(Blame blame) {
        return switch (blame) {
            case AUTHOR -> "whoever wrote script or resource; tried again when it changes";
            case WORLD -> "nobody or operations; tried again with back-off";
            case NOBODY -> "whoever may approve";
            case US -> "us: please report it";
        };
    }
}
