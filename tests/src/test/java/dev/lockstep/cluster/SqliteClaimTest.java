package dev.lockstep.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A SQLite file in a claim that the app's own pod has mounted.
@OnCluster
class SqliteClaimTest {
    private static final String DATABASE = "database: {sqlite: {claimName: data, path: app.db}}";
    private static final String BACKUP = "backup: {claimName: backups}";
    private static final String PET = "CREATE TABLE pet (name TEXT); INSERT INTO pet VALUES ('Rex');\n";
    private static final String AGE = "ALTER TABLE pet ADD COLUMN age INTEGER;\n";
    private static final Map<String, String> FIRST = Map.of("V1__pet.sql", PET);
    private static final Map<String, String> BOTH = Map.of("V1__pet.sql", PET, "V2__age.sql", AGE);
    private static final Map<String, String> OTHER = Map.of("V1__pet.sql", PET + AGE, "V2__age.sql", AGE);

    /// Waits for revision 1, then stands for an app that does nothing.
    private static final String APP = """
            apiVersion: v1
            kind: Pod
            metadata: {name: app}
            spec:
              terminationGracePeriodSeconds: 0
              securityContext: {runAsNonRoot: true, fsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
              initContainers:
                - name: schema
                  image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                  imagePullPolicy: Never
                  args: [await, --revision, "1", --database, "sqlite:/data/app.db"]
                  securityContext: &restricted {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                  volumeMounts: &mounts [{name: data, mountPath: /data}]
              containers:
                - name: app
                  image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                  imagePullPolicy: Never
                  command: [sleep, "600"]
                  securityContext: *restricted
                  volumeMounts: *mounts
              volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            """;

    @Test
    void it_is_migrated_where_its_claim_is_in_use_and_the_app_starts_after_that(
            Installed installed, Namespace namespace, @TempDir Path folder) throws SQLException, IOException {
        namespace.claim("data");
        namespace.claim("backups");
        namespace.apply(APP);
        var app = namespace.client().pods().inNamespace(namespace.name()).withName("app");
        app.waitUntilCondition(SqliteClaimTest::isWaiting, 60, TimeUnit.SECONDS);

        var migration = Migration.apply(namespace, "pets", DATABASE, Migration.inline(FIRST), BACKUP)
                .awaitReady();
        app.waitUntilReady(60, TimeUnit.SECONDS);

        assertStartedAfter(migration, app.require());
        assertPinned(migration, app.require().getSpec().getNodeName());
        Migration.apply(namespace, "pets", DATABASE, Migration.inline(BOTH), BACKUP)
                .awaitReady();
        assertHistory(fetch(namespace, "data", "app.db", folder));
        var backup = requireNonNull(migration.status().backup());
        assertWhole(fetch(namespace, "backups", requireNonNull(backup.name()), folder));
        assertThat(backup.revision()).isEqualTo("1");
    }

    private static boolean isWaiting(Pod pod) {
        return pod != null
                && pod.getStatus().getInitContainerStatuses().stream()
                        .anyMatch(it -> it.getState().getRunning() != null);
    }

    /// Kubernetes tells a container's start in whole seconds.
    private static void assertStartedAfter(Migration migration, Pod app) {
        var applied = requireNonNull(migration.status().applied()).getFirst();
        var started = app.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getRunning()
                .getStartedAt();
        var migrated = Instant.parse(requireNonNull(applied.at()));
        assertThat(Instant.parse(started)).isAfterOrEqualTo(migrated.truncatedTo(ChronoUnit.SECONDS));
    }

    /// With one node there is no other, so what is looked at is what a scheduler with more would have to obey.
    private static void assertPinned(Migration migration, String node) {
        var job = migration.jobs().getFirst();
        var affinity = job.getSpec().getTemplate().getSpec().getAffinity();
        assertThat(affinity).isNotNull();
        var terms = affinity.getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();
        assertThat(terms).singleElement().satisfies(term -> {
            var field = term.getMatchFields().getFirst();
            assertThat(field.getKey()).isEqualTo("metadata.name");
            assertThat(field.getValues()).containsExactly(node);
        });
    }

    private static Path fetch(Namespace namespace, String claim, String name, Path folder) throws IOException {
        try (var errand = Errand.with(namespace, claim)) {
            var text = errand.run("base64", "--wrap=0", "/claim/" + name);
            return Files.write(folder.resolve(name), Base64.getDecoder().decode(text));
        }
    }

    private static void assertHistory(Path file) throws SQLException {
        assertThat(PlainFlyway.complaint("jdbc:sqlite:" + file, "", "", BOTH)).isEmpty();
        assertThat(PlainFlyway.complaint("jdbc:sqlite:" + file, "", "", OTHER))
                .as("it would have seen something")
                .isPresent();
        assertThat(ask(file, "SELECT name || age IS NULL FROM pet")).isEqualTo("1");
    }

    private static void assertWhole(Path file) throws SQLException {
        assertThat(ask(file, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(ask(file, "SELECT name FROM pet")).isEqualTo("Rex");
        assertThat(ask(file, "SELECT count(*) FROM pragma_table_info('pet')")).isEqualTo("1");
    }

    private static String ask(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
