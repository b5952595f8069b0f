package dev.lockstep.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void helm_finds_nothing_to_expand_in_it(@TempDir Path scratch) throws IOException {
        assertThat(Crd.yaml(scratch)).doesNotContain("{{");
    }
}
