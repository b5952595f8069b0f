package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a mesh or an agent of monitoring does to each pod, whatever its labels say.
@OnCluster
@Tag("nightly")
class SidecarTest {
    private static final Map<String, String> ONE = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");
    private static final Map<String, String> TWO =
            Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__age.sql", "ALTER TABLE pet ADD age int;\n");

    @Test
    @Befalls(Mishap.EndlessSidecar)
    void a_container_that_somebody_adds_and_that_never_ends_holds_nothing_up(
            Installed installed, PostgresPod server, @TempDir Path folder) throws IOException {
        var database = server.fresh("meshed");
        try (var _ = Injector.into(server.namespace(), Injector.SIDECAR, folder)) {
            var migration = Migration.apply(database, ONE, Migration.NO_BACKUP).awaitReady();
            assertThat(migration.status().revision()).isEqualTo("1");

            Migration.apply(database, TWO, Migration.NO_BACKUP);
            migration.await("revision 2", it -> "2".equals(it.getStatus().revision()), Migration.SETTLED_MAX);
            migration.awaitReady();

            assertThat(migration.pods()).hasSize(2).allSatisfy(it -> {
                assertThat(it.getSpec().getContainers()).hasSize(2);
                assertThat(it.getStatus().getPhase()).as("the other container").isEqualTo("Running");
            });
        }
    }
}
