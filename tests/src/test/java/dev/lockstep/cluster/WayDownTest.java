package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
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
    private static final String PODS = "contract: {podSelector: {matchLabels: {app: shop}}}";

    @Test
    void it_waits_for_the_last_pod_that_declares_more(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("lowered");
        var migration = apply(database, "target: head").awaitReady();
        pod(namespace, "newer", "2");

        apply(database, "target: '1'", "downgrade: Allowed", "approval: Never");
        migration.await(
                "the newer pod to be waited for",
                it -> it.getStatus().waitingFor() != null
                        && it.getStatus().waitingFor().toString().contains("pod newer"),
                SOON);
        assertThat(columns(database)).isEqualTo("name age");

        pod(namespace, "older", "1");
        namespace.kubectl("delete", "pod/newer", "--grace-period=0", "--force");

        migration
                .await("revision 1", it -> "1".equals(it.getStatus().revision()), SOON)
                .awaitReady();
        assertThat(columns(database)).isEqualTo("name");
    }

    private static Migration apply(PodDatabase database, String... more) {
        return Migration.apply(database, SCRIPTS, Migration.NO_BACKUP, PODS, String.join("\n  ", more));
    }

    private static String columns(PodDatabase database) {
        return database.sql("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE"
                + " attrelid = 'pet'::regclass AND attnum > 0 AND NOT attisdropped");
    }

    /// Code that does nothing, of that revision.
    private static void pod(Namespace namespace, String name, String revision) {
        namespace.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: shop}, annotations: {revision.lockstep.dev/lowered: "%s"}}
                spec:
                  terminationGracePeriodSeconds: 0
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: app
                      image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                      imagePullPolicy: Never
                      command: [sleep, "600"]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(name, revision));
        namespace.kubectl("wait", "--for=condition=Ready", "pod/" + name, "--timeout=60s");
    }
}
