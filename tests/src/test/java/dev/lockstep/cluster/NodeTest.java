package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The kubelet of the only node stands still until Kubernetes takes the node for lost, and goes on later.
@OnCluster
@Tag("nightly")
@Isolated("no pod starts meanwhile")
class NodeTest {
    private static final Path KUBELET = Path.of(
            System.getenv().getOrDefault("LOCKSTEP_CLUSTER", "/var/tmp/lockstep-cluster"), "run", "kubelet.pid");
    private static final String READY = "jsonpath={.items[0].status.conditions[?(@.type==\"Ready\")].status}";
    private static final String GIVEN_UP = "node.kubernetes.io/out-of-service";
    private static final Map<String, String> COUNT = Map.of(
            "V1__counter.sql",
            "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);\n",
            "V2__count.sql",
            "UPDATE counter SET n = n + 1; SELECT pg_sleep(10);\n");

    private final Cluster cluster;

    NodeTest(Cluster cluster) {
        this.cluster = cluster;
    }

    /// A log that nobody gives keeps nobody else from an answer.
    @Test
    @Befalls(Mishap.NodeSilent)
    void a_node_that_falls_silent_in_the_middle_of_a_run_starts_no_other(Installed installed, Namespace namespace)
            throws IOException {
        Assumptions.assumeTrue(Files.exists(KUBELET), "the node is not a process of ours");
        var server = PostgresPod.start(namespace);
        var database = server.fresh("silent");
        var closed = server.fresh("closed");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        lost(() -> {
            Migration.apply(closed, COUNT, Migration.NO_BACKUP, "windows: [{cron: '0 0 29 2 *', duration: 1m}]")
                    .awaitTrouble("WindowClosed");
            migration.assertRuns(1);
        });

        migration.awaitReady();
        migration.assertRuns(1);
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
    }

    /// As Kubernetes has it for a node that was switched off without a word. The operator is elsewhere, as where there
    /// is another node, and the server stays.
    @Test
    @Befalls(Mishap.NodeGivenUp)
    void a_run_on_a_node_that_somebody_gives_up_is_followed_by_another(
            Installed installed, Namespace namespace, @TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(Files.exists(KUBELET), "the node is not a process of ours");
        var server = PostgresPod.start(namespace);
        var database = server.fresh("lost");
        installed.rest();
        try (var _ = OperatorProcess.straight(installed, folder, settings(namespace))) {
            var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
            database.awaitSleeper();
            lost(() -> {
                cluster.kubectl("taint", "nodes", "--all", GIVEN_UP + "=nodeshutdown:NoExecute");
                Awaitility.await("another run")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> migration.runs().size() == 2);
            });
            cluster.kubectl("taint", "nodes", "--all", GIVEN_UP + "-");

            migration.awaitReady();
            migration.assertRuns(2);
            assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        } finally {
            cluster.tryKubectl("taint", "nodes", "--all", GIVEN_UP + "-");
            installed.resume();
        }
    }

    private static Map<String, String> settings(Namespace namespace) {
        return Map.of("LOCKSTEP_WATCH_NAMESPACES", namespace.name(), "LOCKSTEP_LEADER_ELECTION", "false");
    }

    private void lost(Runnable meanwhile) throws IOException {
        signal("-STOP");
        try {
            Awaitility.await("the node to be lost")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> cluster.kubectl("get", "nodes", "-o", READY).equals("Unknown"));
            meanwhile.run();
        } finally {
            signal("-CONT");
        }
    }

    private static void signal(String what) throws IOException {
        var pid = Files.readString(KUBELET).strip();
        assertThat(Shell.run(List.of("kill", what, pid)).succeeded()).isTrue();
    }
}
