package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.Saved;
import dev.lockstep.resource.Status;
import dev.lockstep.server.Repository;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The example does what its README says, by the commands of its README.
@OnCluster
@TestInstance(PER_CLASS)
@Order(3)
class HelloTest {
    private static final String EXAMPLE = "examples/01-hello/";

    private final Installed installed;
    private final Namespace namespace;
    private final Migration migration;

    HelloTest(Installed installed, Namespace namespace) {
        this.installed = installed;
        this.namespace = namespace;
        this.migration = new Migration(namespace, "hello");
    }

    @BeforeAll
    void apply_it_at_once() {
        var script = Repository.root().resolve(EXAMPLE + "secrets").toString();
        var secrets = Shell.run(List.of(script, namespace.name()));
        namespace.apply(secrets.output().replaceFirst("---\\s*$", ""));
        namespace.kubectl(
                "apply", "-f", EXAMPLE + "database.yaml", "-f", EXAMPLE + "migration.yaml", "-f", EXAMPLE + "app.yaml");
        arrive("1");
    }

    @Test
    void it_migrates_backs_up_and_lets_the_app_start_when_its_schema_is_there() throws IOException {
        assertStartedAfter("1");
        patch("deployment", "strategic", "app.yaml");
        var waits = awaitNewPod("2");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> log(waits).contains("revision 2 is not there yet"));

        patch("schemamigration", "merge", "migration.yaml");
        arrive("2");

        assertStartedAfter("2");
        var scripts = requireNonNull(migration.read().getSpec().migrations().inline());
        assertThat(complaint(scripts)).isEmpty();
        var changed = new TreeMap<>(scripts);
        changed.merge("V1__greetings.sql", "ALTER TABLE greeting ADD COLUMN more text;", String::concat);
        assertThat(complaint(changed)).as("it would have seen something").isPresent();
        assertDecodes(requireNonNull(migration.status().backup()));
    }

    @Test
    void applied_again_it_starts_no_second_job_and_writes_nothing() {
        migration.awaitReady();
        var version = version();
        var runs = migration.runs();

        namespace.kubectl("apply", "-f", EXAMPLE + "migration.yaml");

        Awaitility.await()
                .during(Duration.ofMinutes(1))
                .atMost(Duration.ofSeconds(70))
                .until(() -> version().equals(version) && migration.runs().equals(runs));
    }

    @Test
    void the_operator_tells_prometheus_of_it() {
        var pod = installed.pods().getFirst().getMetadata().getName();
        var path = "/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics".formatted(installed.namespace(), pod);
        var said = installed.cluster().kubectl("get", "--raw", path);

        assertThat(said.lines())
                .contains("lockstep_leader 1.0", "lockstep_build_info{version=\"0.1.0-SNAPSHOT\"} 1")
                .contains("lockstep_resource_ready{name=\"hello\",namespace=\"" + namespace.name() + "\"} 1.0")
                .contains("lockstep_resources{stage=\"Downgrading\"} 0.0");
        assertThat(said)
                .containsPattern("lockstep_runs_started_total\\{verb=\"run\"} [1-9]")
                .containsPattern("lockstep_runs_ended_total\\{result=\"Done\",verb=\"run\"} [1-9]")
                .containsPattern("lockstep_run_duration_seconds_bucket\\{verb=\"run\",le=\"60.0\"} [1-9]")
                .containsPattern("lockstep_steps_applied_total [1-9]")
                .containsPattern("lockstep_backup_bytes_total [1-9]")
                .containsPattern("lockstep_status_writes_total [1-9]")
                .containsPattern("lockstep_api_requests_total\\{answer=\"good\"} [1-9]");
    }

    private void arrive(String revision) {
        migration.await(
                "revision " + revision, it -> revision.equals(it.getStatus().revision()), Duration.ofMinutes(2));
        migration.awaitReady();
        namespace.kubectl("rollout", "status", "deployment/hello", "--timeout=2m");
    }

    private void patch(String kind, String type, String file) {
        namespace.kubectl("patch", kind, "hello", "--type", type, "--patch-file", EXAMPLE + "next/" + file);
    }

    private String version() {
        return migration.read().getMetadata().getResourceVersion();
    }

    /// Kubernetes tells a container's start in whole seconds.
    private void assertStartedAfter(String revision) {
        var migrated = requireNonNull(migration.status().applied()).stream()
                .filter(it -> revision.equals(it.revision()))
                .map(Status.Applied::at)
                .map(at -> Instant.parse(requireNonNull(at)).truncatedTo(ChronoUnit.SECONDS))
                .findFirst()
                .orElseThrow();
        assertThat(apps(revision)).isNotEmpty().allSatisfy(pod -> {
            var started = pod.getStatus()
                    .getContainerStatuses()
                    .getFirst()
                    .getState()
                    .getRunning()
                    .getStartedAt();
            assertThat(Instant.parse(started)).isAfterOrEqualTo(migrated);
        });
    }

    /// Pods of the app that declare this revision.
    private List<Pod> apps(String revision) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", "hello")
                .list()
                .getItems()
                .stream()
                .filter(it -> revision.equals(it.getMetadata().getAnnotations().get("revision.lockstep.dev/hello")))
                .toList();
    }

    private Pod awaitNewPod(String revision) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> apps(revision).stream()
                                .filter(HelloTest::isWaiting)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isWaiting(Pod pod) {
        return pod.getStatus().getInitContainerStatuses().stream()
                .anyMatch(it -> it.getState().getRunning() != null);
    }

    private String log(Pod pod) {
        return namespace.client().pods().resource(pod).inContainer("schema").getLog();
    }

    /// What Flyway says, as the owner of the database, through a tunnel to its pod.
    private Optional<String> complaint(Map<String, String> scripts) throws IOException {
        var client = namespace.client();
        var pod = client.pods()
                .inNamespace(namespace.name())
                .withLabel("app", "hello-db")
                .list()
                .getItems()
                .getFirst();
        var secret = client.secrets()
                .inNamespace(namespace.name())
                .withName("hello-owner")
                .require();
        var password = new String(Base64.getDecoder().decode(secret.getData().get("password")), UTF_8);
        try (var tunnel = client.pods().resource(pod).portForward(5432)) {
            var url = "jdbc:postgresql://localhost:" + tunnel.getLocalPort() + "/hello?sslmode=require";
            return PlainFlyway.complaint(url, "hello_owner", password, scripts);
        }
    }

    private void assertDecodes(Saved backup) {
        var file = "/claim/" + backup.name();
        try (var errand = Errand.with(namespace, "hello-backups")) {
            assertThat(errand.run("pg_restore", "--file=-", file))
                    .contains("CREATE TABLE public.greeting", "COPY public.greeting", "hello from");
            assertThat(errand.run("sha256sum", file)).startsWith(requireNonNull(backup.sha256()));
        }
        assertThat(backup.verified()).isTrue();
        assertThat(backup.revision()).isEqualTo("1");
    }
}
