package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Secret, SchemaMigration and Deployment come in one apply or one release, in whatever order: nobody waits for ever.
@OnCluster
@TestInstance(PER_CLASS)
@Order(4)
class OneReleaseTest {
    private static final String PET = "CREATE TABLE pet (name text);";

    private final Cluster cluster;
    private final PostgresPod server;
    private final Namespace namespace;

    @TempDir
    private Path scratch;

    OneReleaseTest(Cluster cluster, Installed installed, PostgresPod server) {
        this.cluster = cluster;
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    void one_apply_has_any_order() throws IOException {
        var orders = List.of("smd", "sdm", "msd", "mds", "dsm", "dms");

        for (var order : orders) {
            var database = server.fresh(order);
            namespace.kubectl("delete", "secret", database.secret());
            var manifests = order.chars()
                    .mapToObj(it -> manifest((char) it, database, PET))
                    .toList();
            var file = Files.writeString(scratch.resolve(order + ".yaml"), String.join("---\n", manifests));
            namespace.kubectl("apply", "--filename", file.toString());
        }

        for (var order : orders) {
            namespace.kubectl("wait", "--for=condition=Ready", "sm/" + order, "--timeout=90s");
            namespace.kubectl("rollout", "status", "deployment/" + order, "--timeout=90s");
        }
    }

    @Test
    void helm_waits_for_pods_that_wait_for_the_migration_of_the_same_release() throws IOException {
        var database = server.fresh("helmed");
        namespace.kubectl("delete", "secret", database.secret());

        assertThat(install(chart(database, PET), "--wait", "--timeout", "90s").succeeded())
                .isTrue();

        assertThat(new Migration(namespace, "helmed").status().revision()).isEqualTo("1");
    }

    /// The resource goes in the middle of its run, whose Job goes with it; what the run had not committed is not there.
    @Test
    void an_atomic_install_that_times_out_leaves_a_database_that_the_next_one_finishes() throws IOException {
        var database = server.fresh("atomic");
        namespace.kubectl("delete", "secret", database.secret());
        var slow = PET + " SELECT pg_sleep(25);";

        var first = install(chart(database, slow), "--atomic", "--timeout", "15s");

        assertThat(first.succeeded()).isFalse();
        assertThat(namespace.kubectl("get", "sm", "--output=name")).doesNotContain("atomic");
        Awaitility.await("the run to be over")
                .atMost(Duration.ofSeconds(60))
                .until(() -> database.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'lockstep/%'")
                        .equals("0"));
        assertThat(database.sql("SELECT to_regclass('pet') IS NULL")).isEqualTo("t");

        assertThat(install(chart(database, PET), "--atomic", "--wait", "--timeout", "90s")
                        .succeeded())
                .isTrue();
        assertThat(database.sql("SELECT count(*) FROM flyway_schema_history WHERE version = '1'"))
                .isEqualTo("1");
    }

    private Shell.Finished install(Path chart, String... more) {
        var command = Stream.of(
                "install", scratch.relativize(chart).toString(), chart.toString(), "--namespace", namespace.name());
        return cluster.tryHelm(Stream.concat(command, Stream.of(more)).toArray(String[]::new));
    }

    private Path chart(PodDatabase database, String script) throws IOException {
        var chart = scratch.resolve(database.name());
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(
                chart.resolve("Chart.yaml"), "apiVersion: v2\nname: " + database.name() + "\nversion: 1.0.0\n");
        for (char kind : "smd".toCharArray()) {
            Files.writeString(chart.resolve("templates/" + kind + ".yaml"), manifest(kind, database, script));
        }
        return chart;
    }

    private static String manifest(char kind, PodDatabase database, String script) {
        return switch (kind) {
            case 's' -> secret(database);
            case 'm' -> migration(database, script);
            default -> deployment(database);
        };
    }

    private static String secret(PodDatabase database) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {username: %s, password: %s}
                """.formatted(database.secret(), database.owner(), PodDatabase.PASSWORD);
    }

    private static String migration(PodDatabase database, String script) {
        return """
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: %s}
                spec:
                  %s
                  migrations: {inline: {V1__pet.sql: "%s"}}
                  %s
                """.formatted(database.name(), database.member(), script, Migration.NO_BACKUP);
    }

    private static String deployment(PodDatabase database) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}, annotations: {revision.lockstep.dev/%1$s: "1"}}
                    spec:
                      automountServiceAccountToken: false
                      terminationGracePeriodSeconds: 1
                      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                      volumes: [{name: credentials, secret: {secretName: %2$s}}, {name: tmp, emptyDir: {}}]
                      initContainers:
                        - name: schema
                          image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                          imagePullPolicy: Never
                          args: [await, "--database=postgresql://%3$s@db:5432/%1$s", --tls=disable, --password-file=/credentials/password]
                          env: [{name: LOCKSTEP_REVISION, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['revision.lockstep.dev/%1$s']"}}}]
                          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                          volumeMounts: [{name: credentials, mountPath: /credentials}, {name: tmp, mountPath: /tmp}]
                      containers:
                        - name: app
                          image: docker.io/lockstep/postgres:18
                          imagePullPolicy: Never
                          command: [sleep, "600"]
                          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                """.formatted(database.name(), database.secret(), database.owner());
    }
}
