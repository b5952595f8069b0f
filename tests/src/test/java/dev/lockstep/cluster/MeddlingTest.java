package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Somebody does by hand what is the operator's to do, or keeps what a run needs.
@OnCluster
@TestInstance(PER_CLASS)
class MeddlingTest {
    private static final String COUNTER = "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);\n";
    private static final Map<String, String> COUNT =
            Map.of("V1__counter.sql", COUNTER, "V2__count.sql", "UPDATE counter SET n = n + 1; SELECT pg_sleep(5);\n");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresPod server;
    private final Namespace namespace;

    MeddlingTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    @Befalls(Mishap.RunTakenAway)
    void a_job_that_is_deleted_in_the_middle_is_made_again() {
        var database = server.fresh("deleted");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        namespace.kubectl("delete", "job", migration.runs().getFirst(), "--wait=false");

        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        assertThat(migration.status().revision()).isEqualTo("2");
    }

    @Test
    @Befalls(Mishap.RunTakenAway)
    void a_pod_that_is_evicted_in_the_middle_is_followed_by_another() {
        var database = server.fresh("evicted");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        assertThat(migration.pods())
                .allSatisfy(
                        it -> assertThat(namespace.client().pods().resource(it).evict())
                                .isTrue());

        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        migration.assertRuns(2);
    }

    /// It has a run's labels and says what a run says at its end, and no Job has made it.
    @Test
    @Befalls(Mishap.ForgedReport)
    void what_a_pod_says_that_is_no_runs_is_not_heard() {
        namespace.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: liar, labels: {app.kubernetes.io/managed-by: lockstep, lockstep.dev/migration: lied}}
                spec:
                  restartPolicy: Never
                  securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: runner
                      image: docker.io/lockstep/postgres:18
                      imagePullPolicy: Never
                      command: [bash, -c, 'echo "$REPORT" >/dev/termination-log']
                      env: [{name: REPORT, value: '%s'}]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted("""
                {"v":1,"outcome":"Done","revision":"99","target":"99","held":[],"applied":[],"blockers":[],\
                "counts":{"pending":0,"applied":0,"held":0}}"""));
        namespace.kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/liar", "--timeout=60s");

        var migration = Migration.apply(server.fresh("lied"), COUNT, Migration.NO_BACKUP);
        migration.await("a revision", it -> it.getStatus().revision() != null, SOON);

        assertThat(migration.status().revision()).isEqualTo("2");
        migration.awaitReady();
    }

    /// Without a status, all is told again out of what is there; nothing is run for it.
    @Test
    @Befalls(Mishap.StatusWiped)
    void a_status_that_is_wiped_away_is_written_again() {
        var migration = Migration.apply(server.fresh("wiped"), Map.of("V1__counter.sql", COUNTER), Migration.NO_BACKUP)
                .awaitReady();
        var before = migration.status();

        namespace.kubectl("patch", "sm/wiped", "--subresource=status", "--type=merge", "--patch={\"status\":null}");

        migration.await("a status", it -> "1".equals(it.getStatus().revision()), SOON);
        migration.awaitReady();
        assertThat(migration.status().applied()).isEqualTo(before.applied());
        migration.assertRuns(1);
    }

    /// The kind has no finalizer; somebody else's keeps the resource, and nothing more is done for it.
    @Test
    @Befalls(Mishap.ForeignFinalizer)
    void a_resource_that_somebody_keeps_from_going_is_let_be() {
        var database = server.fresh("kept");
        var migration = Migration.apply(database, Map.of("V1__counter.sql", COUNTER), Migration.NO_BACKUP)
                .awaitReady();
        var resource = namespace.client().resource(migration.read());
        patch("kept", "{\"metadata\":{\"finalizers\":[\"a.b/c\"]}}");
        namespace.kubectl("delete", "sm/kept", "--wait=false");

        patch("kept", "{\"spec\":{\"migrations\":{\"inline\":{\"V2__more.sql\":\"CREATE TABLE more (n int);\"}}}}");
        Migration.apply(server.fresh("after"), Map.of("V1__counter.sql", COUNTER), Migration.NO_BACKUP)
                .awaitReady();
        migration.assertRuns(1);
        assertThat(database.sql("SELECT to_regclass('more') IS NULL")).isEqualTo("t");

        patch("kept", "{\"metadata\":{\"finalizers\":null}}");
        resource.waitUntilCondition(Objects::isNull, SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void patch(String name, String patch) {
        namespace.kubectl("patch", "sm/" + name, "--type=merge", "--patch=" + patch);
    }

    /// The scheduler sees to it that no other pod has the claim.
    @Tag("nightly")
    @Test
    @Befalls(Mishap.ClaimTaken)
    void a_claim_that_one_pod_has_for_itself_is_waited_for() {
        var volume = volume();
        try {
            try (var _ = Errand.with(namespace, "alone")) {
                var migration = Migration.apply(
                        namespace,
                        "alone",
                        "database: {sqlite: {claimName: alone, path: %s.db}}".formatted(namespace.name()),
                        Migration.inline(Map.of("V1__counter.sql", COUNTER)),
                        Migration.NO_BACKUP);
                assertThat(migration.awaitTrouble("ClaimInUse").message())
                        .contains("ReadWriteOncePod", "end the pod that uses the claim");
            }
            new Migration(namespace, "alone").awaitReady();
        } finally {
            namespace.client().resource(volume).delete();
        }
    }

    /// Where anybody may write.
    private PersistentVolume volume() {
        var volume = namespace
                .client()
                .resource(Serialization.unmarshal("""
                        apiVersion: v1
                        kind: PersistentVolume
                        metadata: {name: %1$s}
                        spec:
                          accessModes: [ReadWriteOncePod]
                          capacity: {storage: 1Gi}
                          storageClassName: ""
                          claimRef: {namespace: %1$s, name: alone}
                          hostPath: {path: /tmp, type: Directory}
                        """.formatted(namespace.name()), PersistentVolume.class))
                .create();
        namespace.apply("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: alone}
                spec:
                  accessModes: [ReadWriteOncePod]
                  storageClassName: ""
                  volumeName: %s
                  resources: {requests: {storage: 1Gi}}
                """.formatted(namespace.name()));
        return volume;
    }
}
