package dev.lockstep.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Both committed copies of the CRD are what the records say. With `-Dlockstep.golden=write` they are rewritten
/// instead.
class CrdTest {
    private static final List<Path> COPIES = List.of(
            Path.of("schemamigrations.lockstep.dev.yaml"),
            Path.of("../charts/lockstep/templates/schemamigrations.lockstep.dev.yaml"));

    @Test
    void the_committed_copies_are_what_the_records_say(@TempDir Path scratch) throws IOException {
        var yaml = Crd.yaml(scratch);

        for (var copy : COPIES) {
            if ("write".equals(System.getProperty("lockstep.golden"))) {
                Files.createDirectories(copy.toAbsolutePath().getParent());
                Files.writeString(copy, yaml);
            }
            assertThat(copy).hasContent(yaml);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "head, true",
        "heads, true",
        "20240115103000, true",
        "1.4, true",
        "add-user_prefs.2, true",
        "f6e5+2, true",
        "billing@head, true",
        "+1, false",
        "-1, false",
        "base -1, false",
        "'', false",
        "a@b, false"
    })
    void a_target_names_a_place_wherever_the_database_is(String target, boolean taken) {
        assertThat(target.matches(Spec.TARGET)).isEqualTo(taken);
    }

    @Test
    void helm_finds_nothing_to_expand_in_it(@TempDir Path scratch) throws IOException {
        assertThat(Crd.yaml(scratch)).doesNotContain("{{");
    }
}
