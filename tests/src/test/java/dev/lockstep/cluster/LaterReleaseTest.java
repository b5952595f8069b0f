package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An application's later releases: what Helm gives up or takes back, in the middle of a run and after it.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
class LaterReleaseTest {
    private static final String PET = "CREATE TABLE pet (name text, n int);\n";
    private static final String COUNT = "UPDATE pet SET n = n + 1; SELECT pg_sleep(30);\n";
    private static final String AGE = "ALTER TABLE pet ADD COLUMN age int;\n";
    private static final String LESS = "ALTER TABLE pet DROP COLUMN n;\n";
    private static final Map<String, String> ONE = Map.of("V1__pet.sql", PET);

    private final PostgresPod server;
    private final Namespace namespace;

    @TempDir
    private Path scratch;

    LaterReleaseTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    /// Helm puts the older scripts back under a run that does not mind: it ends, once, and the older code goes on.
    @Test
    void an_atomic_upgrade_that_times_out_in_the_middle_of_a_run_is_finished_by_the_next() throws IOException {
        var database = fresh("hasty");
        assertDone(new AppChart(database, ONE, "1").helm("install", scratch, "--wait", "--timeout=90s"));
        database.sql("INSERT INTO pet VALUES ('Rex', 0)");
        var slow = Map.of("V1__pet.sql", PET, "V2__count.sql", COUNT);

        var cut = new AppChart(database, slow, "2").helm("upgrade", scratch, "--atomic", "--wait", "--timeout=15s");

        assertThat(cut.succeeded()).isFalse();
        assertThat(cut.output()).contains("has been rolled back due to atomic being set");
        var migration = new Migration(namespace, "hasty");
        assertThat(migration.status().revision()).as("the run is at work").isEqualTo("1");
        assertAhead(migration);
        assertThat(declared("hasty")).containsExactly("1");

        var more = Map.of("V1__pet.sql", PET, "V2__count.sql", COUNT, "V3__age.sql", AGE);
        assertDone(new AppChart(database, more, "3").helm("upgrade", scratch, "--atomic", "--wait", "--timeout=90s"));

        assertThat(migration.awaitReady().status().revision()).isEqualTo("3");
        assertThat(database.sql("SELECT name, n, age IS NULL FROM pet")).isEqualTo("Rex|1|t");
        assertThat(database.sql("SELECT string_agg(version, ' ' ORDER BY installed_rank) FROM flyway_schema_history"))
                .isEqualTo("1 2 3");
        migration.assertRuns(4);
    }

    /// Its chart does not even have the scripts that the database has had since.
    @Test
    void a_rollback_starts_the_older_pods_unless_a_contract_step_has_run() throws IOException {
        var database = fresh("taken");
        assertDone(new AppChart(database, ONE, "1").helm("install", scratch, "--wait", "--timeout=90s"));
        var two = Map.of("V1__pet.sql", PET, "V2__age.sql", AGE);
        assertDone(new AppChart(database, two, "2").helm("upgrade", scratch, "--wait", "--timeout=90s"));

        assertDone(rollback("taken", "1"));

        var migration = new Migration(namespace, "taken");
        assertAhead(migration);
        Awaitility.await("the newer pod to be gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> declared("taken").equals(List.of("1")));

        var three = Map.of("V1__pet.sql", PET, "V2__age.sql", AGE, "V3__less.sql", LESS);
        var atOnce = new AppChart(database, three, "3", List.of("contract: {when: Immediately}", "approval: Never"));
        assertDone(atOnce.helm("upgrade", scratch, "--wait", "--timeout=90s"));

        assertThat(rollback("taken", "2").succeeded()).as("its pods start").isFalse();

        assertThat(migration.awaitTrouble("PastContract").message()).contains("deploy a release of revision 3");
        assertThat(migration.condition("Stalled").status()).isEqualTo("True");
        assertThat(pods("taken")).anyMatch(LaterReleaseTest::isPastContract);
    }

    /// Its Secret is the release's.
    private PodDatabase fresh(String name) {
        var database = server.fresh(name);
        namespace.kubectl("delete", "secret", database.secret());
        return database;
    }

    private void assertAhead(Migration migration) {
        migration.awaitReady();
        assertThat(migration.condition("Ready").reason()).isEqualTo("DatabaseAhead");
        assertThat(migration.status().revision()).isEqualTo("2");
        assertThat(migration.map()).containsEntry("revision", "2");
    }

    private static void assertDone(Shell.Finished helm) {
        assertThat(helm.succeeded()).as(helm.output()).isTrue();
    }

    private Shell.Finished rollback(String release, String revision) {
        return namespace
                .cluster()
                .tryHelm("rollback", release, revision, "--namespace", namespace.name(), "--wait", "--timeout", "25s");
    }

    /// What the pods of a release declare that are there.
    private List<String> declared(String release) {
        return pods(release).stream()
                .map(it -> it.getMetadata().getAnnotations().getOrDefault("revision.lockstep.dev/" + release, ""))
                .sorted()
                .toList();
    }

    private List<Pod> pods(String release) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", release)
                .list()
                .getItems();
    }

    private static boolean isPastContract(Pod pod) {
        return pod.getStatus().getInitContainerStatuses().stream()
                .flatMap(LaterReleaseTest::ends)
                .anyMatch(it -> it.contains("PastContract"));
    }

    private static Stream<String> ends(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(it -> it != null && it.getTerminated() != null)
                .map(it -> String.valueOf(it.getTerminated().getMessage()));
    }
}
