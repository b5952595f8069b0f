package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The rollout in the mirror: what newer code needs goes when the last of it is gone.
@OnCluster
@Tag("nightly")
class WayDownTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n",
            "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n",
            "U2__age.sql", "ALTER TABLE pet DROP COLUMN age;\n");
    private static final String PODS = "contract: {podSelector: {matchLabels: {app: lowered}}}";

    @Test
    void it_waits_for_the_last_pod_that_declares_more(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("lowered");
        var migration = apply(database, "target: head").awaitReady();
        new Idle("lowered", "2").pod(namespace, "newer");

        apply(database, "target: '1'", "downgrade: Allowed", "approval: Never");
        migration.await(
                "the newer pod to be waited for",
                it -> it.getStatus().waitingFor() != null
                        && it.getStatus().waitingFor().toString().contains("pod newer"),
                SOON);
        assertThat(columns(database)).isEqualTo("name age");

        new Idle("lowered", "1").pod(namespace, "older");
        goneWhileALateNewerPodIsKeptOut(migration, database);

        migration
                .await("revision 1", it -> "1".equals(it.getStatus().revision()), SOON)
                .awaitReady();
        assertThat(columns(database)).isEqualTo("name");
        assertKeptOut(namespace);
    }

    /// A reader holds the last leg up, whose gate is closed by then.
    private static void goneWhileALateNewerPodIsKeptOut(Migration migration, PodDatabase database) {
        var namespace = migration.namespace();
        var reader = database.begin("BEGIN; SELECT FROM pet; SELECT pg_sleep(100); COMMIT");
        namespace.kubectl("delete", "pod/newer", "--grace-period=0", "--force");
        Awaitility.await("the run that takes it back")
                .atMost(SOON)
                .until(() -> migration.runs().size() == 4);

        namespace.apply(new AppChart(database, SCRIPTS, "2").manifest('d'));
        assertKeptOut(namespace);
        assertThat(columns(database)).as("the gate closes first").isEqualTo("name age");
        database.endSleepers();
        assertThat(reader).failsWithin(SOON);
    }

    private static void assertKeptOut(Namespace namespace) {
        var ofDeployment = "--selector=app=lowered,pod-template-hash";
        Awaitility.await("the word of a late newer pod")
                .atMost(SOON)
                .until(() -> namespace
                        .tryKubectl("logs", ofDeployment, "--container=schema")
                        .output()
                        .contains("waiting: revision 2 is not there yet"));
        assertThat(namespace.kubectl("get", "pods", ofDeployment, "--output=jsonpath={.items[*].status.phase}"))
                .isEqualTo("Pending");
    }

    private static Migration apply(PodDatabase database, String... more) {
        return Migration.apply(database, SCRIPTS, Migration.NO_BACKUP, PODS, String.join("\n  ", more));
    }

    private static String columns(PodDatabase database) {
        return database.sql("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE"
                + " attrelid = 'pet'::regclass AND attnum > 0 AND NOT attisdropped");
    }
}
