package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An application whose pods migrate the database themselves, before they start: no operator, no resource.
@OnCluster
@Tag("nightly")
class MigrateTest {
    private static final String PET = "CREATE TABLE pet (name text, size int);\n";
    private static final String AGE = "ALTER TABLE pet ADD COLUMN age int; INSERT INTO pet (name) VALUES ('Rex');\n";
    private static final String LESS = "ALTER TABLE pet DROP COLUMN size;\n";

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: pets}
            spec:
              replicas: 3
              selector: {matchLabels: {app: pets}}
              template:
                metadata: {labels: {app: pets}}
                spec:
                  automountServiceAccountToken: false
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  volumes:
                    - {name: credentials, secret: {secretName: pets-owner}}
                    - {name: scripts, configMap: {name: scripts-RELEASE}}
                    - {name: tmp, emptyDir: {}}
                  initContainers:
                    - name: schema
                      image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                      imagePullPolicy: Never
                      args: [migrate, --migrations=/migrations, --backup=never, "--database=postgresql://pets_owner@db:5432/pets", --tls=disable, --password-file=/credentials/password]
                      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                      volumeMounts: [{name: credentials, mountPath: /credentials}, {name: scripts, mountPath: /migrations}, {name: tmp, mountPath: /tmp}]
                  containers:
                    - name: app
                      image: docker.io/lockstep/postgres:18
                      imagePullPolicy: Never
                      command: [sleep, "600"]
                      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
            """;

    @Test
    void all_pods_of_a_release_migrate_once_and_hold_what_older_code_needs(Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("pets");

        release(namespace, "one", Map.of("V1__pet.sql", PET));
        release(namespace, "two", Map.of("V1__pet.sql", PET, "V2__age.sql", AGE, "V3__less.sql", LESS));

        assertThat(database.sql("SELECT string_agg(version, ' ' ORDER BY installed_rank) FROM flyway_schema_history"))
                .isEqualTo("1 2");
        assertThat(database.sql("SELECT name, size IS NULL FROM pet")).isEqualTo("Rex|t");
        assertThat(namespace.kubectl("logs", "--selector=app=pets", "--container=schema", "--tail=-1"))
                .contains("held: 3 less (a contract step");
    }

    /// Its scripts come in a ConfigMap of its own, and its pods are all there.
    private static void release(Namespace namespace, String name, Map<String, String> scripts) {
        namespace.apply("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: scripts-%s}\ndata: %s\n"
                .formatted(name, Serialization.asJson(scripts)));
        namespace.apply(DEPLOYMENT.replace("RELEASE", name));
        namespace.kubectl("rollout", "status", "deployment/pets", "--timeout=90s");
    }
}
