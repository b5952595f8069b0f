package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.fabric8.kubernetes.api.model.NodeCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/// The node of a run is not heard of: its kubelet stands still, and its containers go on. Of the cluster of
/// `tests/cluster`, whose kubelet is a process of this machine.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
@Isolated("it is the only node")
class NodeTest {
    /// The cluster takes it for silent after forty seconds, or fifty with newer ones.
    private static final Duration NOTICED_MAX = Duration.ofMinutes(2);

    private static final Map<String, String> COUNT = Map.of(
            "V1__counter.sql",
            "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);\n",
            "V2__count.sql",
            "UPDATE counter SET n = n + 1; SELECT pg_sleep(30);\n");

    private final Cluster cluster;
    private final PostgresPod server;

    NodeTest(Cluster cluster, Installed installed, PostgresPod server) {
        this.cluster = cluster;
        this.server = server;
    }

    @Test
    void a_run_on_a_node_that_is_silent_for_a_while_is_the_only_one() throws IOException, InterruptedException {
        var database = server.fresh("silent");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        signal("STOP");
        try {
            awaitUnheard(migration);
            assertThat(migration.condition("Reconciling").reason()).isEqualTo("Running");
        } finally {
            signal("CONT");
        }

        assertLanded(migration, database, 1);
    }

    /// As an administrator does who has seen the machine on fire; here it is not, so the run may even have finished.
    @Test
    void a_run_that_is_given_up_on_a_silent_node_is_begun_again() throws IOException, InterruptedException {
        var database = server.fresh("lost");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        signal("STOP");
        try {
            awaitUnheard(migration);
            migration
                    .pods()
                    .forEach(it ->
                            cluster.client().resource(it).withGracePeriod(0).delete());
            migration.await("another run", _ -> migration.runs().size() == 2, Duration.ofSeconds(60));
        } finally {
            signal("CONT");
        }

        assertLanded(migration, database, 2);
    }

    private void assertLanded(Migration migration, PodDatabase database, int runs) {
        awaitNode("True");
        migration.awaitReady();
        migration.assertRuns(runs);
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
    }

    private void awaitUnheard(Migration migration) {
        awaitNode("Unknown");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(migration.condition("Reconciling").message()).contains("was last heard of"));
    }

    private void awaitNode(String ready) {
        Awaitility.await().atMost(NOTICED_MAX).until(() -> node().equals(Optional.of(ready)));
    }

    private Optional<String> node() {
        return cluster.client().nodes().list().getItems().getFirst().getStatus().getConditions().stream()
                .filter(it -> it.getType().equals("Ready"))
                .map(NodeCondition::getStatus)
                .findFirst();
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = Files.readString(cluster.kubeconfig().resolveSibling("run/kubelet.pid"))
                .strip();
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }
}
