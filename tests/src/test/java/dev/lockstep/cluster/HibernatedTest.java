package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A database that is scaled to nothing overnight: its Service is there, and nobody behind it.
@OnCluster
@Tag("nightly")
class HibernatedTest {
    private static final String PET = "CREATE TABLE pet (name text);\n";
    private static final String DATABASE = "database: {postgresql: {host: sleeper, database: orders,"
            + " credentials: {secretName: orders}, tls: {mode: disable}}}";
    private static final String SERVER = """
            apiVersion: v1
            kind: Secret
            metadata: {name: orders}
            stringData: {username: orders, password: of-orders}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: first}
            data: {init.sql: "create role orders login password 'of-orders'; create database orders owner orders;"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: sleeper}
            spec: {selector: {app: sleeper}, ports: [{port: 5432}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: sleeper}
            spec:
              serviceName: sleeper
              selector: {matchLabels: {app: sleeper}}
              template:
                metadata: {labels: {app: sleeper}}
                spec:
                  terminationGracePeriodSeconds: 5
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, fsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: server
                      image: docker.io/lockstep/postgres:18
                      imagePullPolicy: Never
                      env: [{name: PASSWORD, value: superuser}, {name: PGDATA, value: /kept/data}]
                      readinessProbe: {tcpSocket: {port: 5432}, periodSeconds: 1}
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                      volumeMounts: [{name: kept, mountPath: /kept}, {name: first, mountPath: /init}]
                  volumes:
                    - {name: kept, persistentVolumeClaim: {claimName: kept}}
                    - {name: first, configMap: {name: first}}
            """;

    @Test
    void what_is_to_run_waits_until_it_is_awake_again(Installed installed, Namespace namespace) {
        namespace.claim("kept");
        namespace.apply(SERVER);
        namespace.kubectl("rollout", "status", "statefulset/sleeper", "--timeout=90s");
        var migration = apply(namespace, Map.of("V1__pet.sql", PET)).awaitReady();

        scale(namespace, "0");
        namespace.kubectl("wait", "--for=delete", "pod/sleeper-0", "--timeout=30s");
        apply(namespace, Map.of("V1__pet.sql", PET, "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n"));

        assertThat(migration.awaitTrouble("Unreachable").message()).contains("sleeper:5432");
        assertThat(migration.status().waitingFor()).singleElement().asString().contains("sleeper:5432");
        assertThat(migration.status().stage()).hasToString("Planning");
        assertThat(migration.condition("Stalled").status())
                .as("nothing has failed")
                .isEqualTo("False");
        assertThat(migration.condition("Reconciling").status()).isEqualTo("True");
        assertThat(migration.events("Failed")).isEmpty();
        assertThat(migration.events("Held")).hasSize(1);

        scale(namespace, "1");
        migration.awaitReady();
        assertThat(migration.status().revision()).isEqualTo("2");
        assertThat(migration.status().waitingFor()).isNull();
    }

    private static Migration apply(Namespace namespace, Map<String, String> scripts) {
        return Migration.apply(namespace, "orders", DATABASE, Migration.inline(scripts), Migration.NO_BACKUP);
    }

    private static void scale(Namespace namespace, String replicas) {
        namespace.kubectl("scale", "statefulset/sleeper", "--replicas=" + replicas);
    }
}
