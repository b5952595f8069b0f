package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Where the schema is, as files in a pod of the application, by which it switches its features.
@OnCluster
@Tag("nightly")
class FlagsTest {
    /// The kubelet looks after a pod's volumes once a minute or so.
    private static final Duration MOUNTED_MAX = Duration.ofMinutes(3);

    private static final String PET = "CREATE TABLE pet (name text);\n";
    private static final String APP = """
            apiVersion: v1
            kind: Pod
            metadata: {name: app}
            spec:
              terminationGracePeriodSeconds: 0
              automountServiceAccountToken: false
              securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: app
                  image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                  imagePullPolicy: Never
                  command: [sleep, "900"]
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                  volumeMounts: [{name: schema, mountPath: /schema}]
              volumes: [{name: schema, configMap: {name: flagged-schema, optional: true}}]
            """;

    @Test
    void a_pod_that_started_before_the_first_run_sees_each_new_revision(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("flagged");
        namespace.apply(APP);
        namespace.kubectl("wait", "--for=condition=Ready", "pod/app", "--timeout=60s");
        assertThat(flags(namespace)).as("nothing has run").isEmpty();

        var migration = Migration.apply(database, Map.of("V1__pet.sql", PET), Migration.NO_BACKUP)
                .awaitReady();
        assertThat(migration.map()).containsEntry("revision", "1");
        awaitFlags(namespace, "revision=1\nstage=Settled");

        var two = Map.of("V1__pet.sql", PET, "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n");
        Migration.apply(database, two, Migration.NO_BACKUP).awaitReady();
        awaitFlags(namespace, "revision=2\nstage=Settled");
    }

    private static void awaitFlags(Namespace namespace, String flags) {
        Awaitility.await(flags)
                .atMost(MOUNTED_MAX)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> flags(namespace).equals(flags));
    }

    private static String flags(Namespace namespace) {
        return PostgresPod.run(
                namespace,
                "app",
                "sh",
                "-c",
                "cd /schema && for it in *; do [ ! -f $it ] || echo $it=$(cat $it); done");
    }
}
