package dev.lockstep.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.Repository;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each field of the resource has a test that sets it on a cluster and sees what comes of it, and each code that a
/// condition can have has one that brings it about there.
class ProofTest {
    /// Field of `spec`, class, and the beginning of the test's name. A field of Kubernetes' own stands for what is in
    /// it.
    private static final String FIELDS = """
            approval FieldsTest an_older_target
            backup.claimName PodFieldsTest backups_are
            backup.keep PodFieldsTest backups_are
            backup.maxSize PodFieldsTest backups_are
            backup.method ElsewhereTest a_backup_that_somebody_else
            backup.scope PodFieldsTest backups_are
            backup.verify PodFieldsTest backups_are
            backup.when PodFieldsTest backups_are
            baseline FieldsTest a_database_that_others_made
            batches.maxReplicaLag ReplicaTest a_batch_waits
            batches.pause BoundsTest a_batch_rests
            batches.rows BoundsTest a_batch_takes
            contract.podSelector RolloutTest two_releases
            contract.when CodesTest a_target_from_before
            database.postgresql.credentials.passwordKey FieldsTest the_secret_says
            database.postgresql.credentials.secretName FieldsTest the_secret_says
            database.postgresql.credentials.usernameKey FieldsTest the_secret_says
            database.postgresql.database FieldsTest schema_role
            database.postgresql.databaseKey FieldsTest the_secret_says
            database.postgresql.host FieldsTest schema_role
            database.postgresql.hostKey FieldsTest the_secret_says
            database.postgresql.port FieldsTest the_port
            database.postgresql.portKey FieldsTest the_secret_says
            database.postgresql.role FieldsTest schema_role
            database.postgresql.schema FieldsTest schema_role
            database.postgresql.tls.caKey EntranceTest a_certificate
            database.postgresql.tls.caSecretName EntranceTest a_certificate
            database.postgresql.tls.clientSecretName EntranceTest a_certificate
            database.postgresql.tls.mode EntranceTest a_certificate
            database.sqlite.claimName SqliteClaimTest it_is_migrated
            database.sqlite.path SqliteClaimTest it_is_migrated
            downgrade FieldsTest an_older_target
            driftCheck.interval DriftedTest an_index
            historyTable FieldsTest schema_role
            locks.budget FieldsTest a_lock_is_waited_for_as_long
            locks.timeout FieldsTest a_lock_is_waited_for_no_longer
            migrations.claim.claimName PodFieldsTest scripts_lie_in_a_claim
            migrations.claim.path PodFieldsTest scripts_lie_in_a_claim
            migrations.configMap.name ManyScriptsTest two_hundred_scripts
            migrations.image.delivery ElsewhereTest an_image_is_mounted
            migrations.image.path ElsewhereTest scripts_are_copied
            migrations.image.pullSecretNames ElsewhereTest scripts_are_copied
            migrations.image.reference ElsewhereTest scripts_are_copied
            migrations.inline FieldsTest schema_role
            onFailure BoundsTest a_run_that_fails
            placeholders FieldsTest schema_role
            runner.affinity PodFieldsTest the_pod
            runner.annotations PodFieldsTest the_pod
            runner.deadline PodFieldsTest a_run_ends_itself
            runner.imagePullSecrets PodFieldsTest the_pod
            runner.labels PodFieldsTest the_pod
            runner.nodeSelector PodFieldsTest the_pod
            runner.priorityClassName PodFieldsTest the_pod
            runner.resources PodFieldsTest the_pod
            runner.securityContext.fsGroup PodFieldsTest the_pod
            runner.securityContext.runAsGroup PodFieldsTest the_pod
            runner.securityContext.runAsUser PodFieldsTest the_pod
            runner.serviceAccountName PodFieldsTest the_pod
            runner.tolerations PodFieldsTest the_pod
            suspend FieldsTest nothing_starts
            target FieldsTest an_older_target
            windows.cron FieldsTest nothing_starts
            windows.duration FieldsTest nothing_starts
            windows.timeZone FieldsTest nothing_starts
            """;

    private static final Set<String> OF_KUBERNETES =
            Set.of("runner.affinity", "runner.tolerations", "runner.resources", "contract.podSelector");

    /// Codes that no run of the operator's ends with, but for a defect of ours.
    private static final Map<Code, String> OF_NO_RUN = Map.of(
            Code.NotReversible, "the verb test alone takes back what it has done",
            Code.Behind, "the verb await alone waits for a revision",
            Code.MigrationFailed, "the verb await alone asks how the newest run has ended",
            Code.Defect, "whoever could bring it about would mend it");

    @Test
    void each_field_has_a_test_that_sets_it() throws IOException {
        var tests = new TreeMap<String, List<String>>();
        FIELDS.lines().map(it -> List.of(it.split(" "))).forEach(it -> tests.put(it.getFirst(), it));
        assertThat(tests.keySet()).containsExactlyElementsOf(fields().sorted().toList());

        for (var it : tests.values()) {
            var name = it.getFirst().substring(it.getFirst().lastIndexOf('.') + 1);
            assertThat(test(it.get(1), it.get(2))).as(it.toString()).isPresent();
            assertThat(Files.readString(source(it.get(1)))).as(it.toString()).containsPattern("\\b" + name + "\\b");
        }
    }

    @Test
    void each_code_that_a_run_can_end_with_is_brought_about() throws IOException {
        var all = new StringBuilder();
        try (var sources = Files.list(source("ProofTest").resolveSibling("."))) {
            for (var it :
                    sources.filter(not(path -> path.endsWith("ProofTest.java"))).toList()) {
                var text = Files.readString(it);
                if (text.contains("\n@OnCluster\n")) all.append(text);
            }
        }

        for (var code : Code.values()) {
            var named = Pattern.compile("\"" + code + "[ \"]|Code\\." + code + "\\b")
                    .matcher(all);
            assertThat(named.find()).as(code.name()).isNotEqualTo(OF_NO_RUN.containsKey(code));
        }
    }

    private static Stream<String> fields() throws IOException {
        var file = Repository.root().resolve("crds/schemamigrations.lockstep.dev.yaml");
        var crd = Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        var spec = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        return leaves("", requireNonNull(spec.getProperties().get("spec")));
    }

    private static Stream<String> leaves(String path, JSONSchemaProps schema) {
        var inner = Optional.ofNullable(schema.getItems())
                .map(it -> it.getSchema())
                .map(JSONSchemaProps::getProperties)
                .orElse(schema.getProperties());
        return inner == null || inner.isEmpty() || OF_KUBERNETES.contains(path)
                ? Stream.of(path)
                : inner.entrySet().stream()
                        .flatMap(it -> leaves(path.isEmpty() ? it.getKey() : path + "." + it.getKey(), it.getValue()));
    }

    private static Optional<Method> test(String type, String beginning) {
        try {
            var found = Class.forName(ProofTest.class.getPackageName() + "." + type);
            return Arrays.stream(found.getDeclaredMethods())
                    .filter(it -> found.isAnnotationPresent(OnCluster.class))
                    .filter(it -> it.isAnnotationPresent(Test.class))
                    .filter(it -> it.getName().startsWith(beginning))
                    .findFirst();
        } catch (ClassNotFoundException gone) {
            return Optional.empty();
        }
    }

    private static Path source(String type) {
        return Repository.root().resolve("tests/src/test/java/dev/lockstep/cluster/" + type + ".java");
    }
}
