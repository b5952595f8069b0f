package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.decision.Decision;
import dev.lockstep.observed.Floor;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Seen;
import dev.lockstep.observed.Workloads;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `src/test/resources/job/<case>/resource.yaml` makes `job.yaml`, letter by letter.
class RunnerJobTest {
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "sqlite", "copied", "mounted", "claim"})
    void a_resource_makes_this_job(String name) throws IOException {
        var folder = Path.of("src/test/resources/job", name);
        var resource =
                Serialization.unmarshal(Files.readString(folder.resolve("resource.yaml")), SchemaMigration.class);
        var observed = observed(resource);
        var start = (Decision.Start) Decision.of(observed);

        var job = Serialization.asYaml(RunnerJob.of(
                observed.identity(),
                start,
                new RunnerImage("docker.io/lockstep/runner:1", "IfNotPresent"),
                nodes(name)));

        var expected = folder.resolve("job.yaml");
        if ("write".equals(System.getProperty("lockstep.golden"))) Files.writeString(expected, job);
        assertThat(expected).hasContent(job);
    }

    private static List<String> nodes(String name) {
        return name.equals("sqlite") ? List.of("node-1") : List.of();
    }

    private static Observed observed(SchemaMigration resource) {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        return Observed.of(new Seen(
                resource,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                it -> new Workloads.Listed(List.of()),
                it -> List.of(),
                it -> List.of(),
                "",
                Floor.NONE,
                now));
    }

    @Test
    void a_name_is_the_same_for_the_same_run_and_another_for_the_next() {
        var name = JobName.of("orders", "f00d", 1);

        assertThat(name).isEqualTo(JobName.of("orders", "f00d", 1)).startsWith("orders-");
        assertThat(name).isNotEqualTo(JobName.of("orders", "f00d", 2));
    }

    @Test
    void a_long_name_with_dots_is_cut_to_what_an_order_grants_and_a_host_name_may_be() {
        var name = JobName.of("a-very.long.name-of-a-resource-that-goes-on-and-on", "f00d", 1);

        assertThat(name).hasSize(40).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    }
}
