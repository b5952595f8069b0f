package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.ApiCall;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// As many resources as one operator is to bear, with the heap that the chart's README says for them. Each is migrated
/// by a [StubRuns]: what is looked at is the operator, not ten thousand containers. Prints what it has measured.
@OnCluster
@Tag("nightly")
@Isolated("the operator is another one")
class ThousandsTest {
    private static final int COUNT = Integer.getInteger("lockstep.resources", 10_000);
    private static final Duration PASS_MAX = Duration.ofMinutes(10);
    /// One when its run is seen at work, one when that has ended.
    private static final double STATUSES_MAX = 2;

    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)$");

    private static final Pattern READY =
            Pattern.compile("(?m)^lockstep_resources_by_condition\\{condition=\"Ready\",status=\"True\"} ([0-9.E]+)$");
    private static final Pattern WRITES = Pattern.compile("(?m)^lockstep_status_writes_total ([0-9.E]+)$");
    private static final Pattern REQUESTS = Pattern.compile("(?m)^lockstep_api_requests_total\\{.*} ([0-9.E]+)$");

    @Test
    void a_second_operator_writes_nothing(Installed installed, Namespace namespace, @TempDir Path folder)
            throws IOException, InterruptedException {
        installed.rest();
        try (var proxy = OperatorProcess.proxy(installed)) {
            create(namespace);
            var settings = Map.of(
                    "LOCKSTEP_WATCH_NAMESPACES", namespace.name(),
                    "LOCKSTEP_LEADER_ELECTION", "false",
                    "JDK_JAVA_OPTIONS", "-Xmx256m");
            try (var _ = StubRuns.in(namespace, folder)) {
                pass(installed, folder, settings);
            }
            var begun = System.nanoTime();
            try (var second =
                    OperatorProcess.start(installed, proxy, folder, settings).awaitReady()) {
                say("second operator ready", begun);
                Thread.sleep(STEADY);
                assertThat(proxy.calls()).noneMatch(ThousandsTest::isDeed);
                var asked = proxy.calls().stream().map(ApiCall::toString).distinct();
                System.out.printf(
                        "ThousandsTest: asked in %s: %s; heap %.1f MiB, garbage and all%n",
                        STEADY, asked.toList(), sum(HEAP, second) / (1 << 20));
            }
        } finally {
            delete(namespace);
            installed.resume();
        }
    }

    private static void pass(Installed installed, Path folder, Map<String, String> settings) throws IOException {
        var begun = System.nanoTime();
        try (var first = OperatorProcess.straight(installed, folder, settings)) {
            Awaitility.await()
                    .atMost(PASS_MAX)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> sum(READY, first) >= COUNT);
            say("all migrated, one operator", begun);
            first.awaitReady();
            assertThat(sum(WRITES, first)).isBetween(1.0 * COUNT, STATUSES_MAX * COUNT);
            System.out.printf(
                    "ThousandsTest: each with %.1f requests, %.1f of them statuses; heap %.1f MiB, garbage and all%n",
                    sum(REQUESTS, first) / COUNT, sum(WRITES, first) / COUNT, sum(HEAP, first) / (1 << 20));
        }
    }

    /// All at once: Kubernetes itself takes what belongs to a resource away one by one, and has other things to do.
    private static void delete(Namespace namespace) {
        Stream.of(
                        "apis/lockstep.dev/v1alpha1 schemamigrations",
                        "apis/batch/v1 jobs",
                        "api/v1 pods",
                        "api/v1 configmaps")
                .map(it -> it.split(" "))
                .map(it ->
                        "/%s/namespaces/%s/%s?propagationPolicy=Background".formatted(it[0], namespace.name(), it[1]))
                .forEach(all -> Awaitility.await()
                        .atMost(PASS_MAX)
                        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                        .until(() -> namespace.client().raw(all, "DELETE", null) != null));
    }

    private static boolean isDeed(ApiCall call) {
        return call.isWrite() && !call.resource().startsWith("selfsubject");
    }

    private static void say(String what, long since) {
        System.out.println(
                "ThousandsTest: " + COUNT + ", " + what + ": " + (System.nanoTime() - since) / 1_000_000 + " ms");
    }

    private static double sum(Pattern metric, OperatorProcess operator) throws IOException {
        return metric.matcher(operator.metrics())
                .results()
                .mapToDouble(it -> Double.parseDouble(it.group(1)))
                .sum();
    }

    private static void create(Namespace namespace) {
        try (var threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, COUNT)
                    .forEach(n -> threads.execute(() ->
                            namespace.client().resource(resource(namespace, n)).create()));
        }
    }

    private static GenericKubernetesResource resource(Namespace namespace, int n) {
        return Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: shop-%1$d, namespace: %2$s}
                spec:
                  database: {postgresql: {host: db-%1$d, database: shop, credentials: {secretName: shop-%1$d}, tls: {mode: disable}}}
                  migrations: {inline: {V1__a.sql: "CREATE TABLE a (n int);", V2__b.sql: "ALTER TABLE a ADD COLUMN m int;"}}
                  contract: {when: RolledOut, podSelector: {matchLabels: {app: shop-%1$d}}}
                  backup: {claimName: backups}
                """.formatted(n, namespace.name()), GenericKubernetesResource.class);
    }
}
