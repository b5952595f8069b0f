package dev.lockstep.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a resource says of its pods, its backups and its scripts' place, and what becomes of that.
@OnCluster
@TestInstance(PER_CLASS)
class PodFieldsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PET = "CREATE TABLE pet (name text);\n";
    private static final String AGE = "ALTER TABLE pet ADD COLUMN age int;\n";
    private static final String RUNNER =
            "runner: {labels: {team: zoo}, annotations: {note: mine}, serviceAccountName: migrator,"
                    + " imagePullSecrets: [nobodys], nodeSelector: {kubernetes.io/os: linux},"
                    + " tolerations: [{key: zoo, operator: Exists}], resources: {requests: {memory: 200Mi}},"
                    + " affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1,"
                    + " preference: {matchExpressions: [{key: zoo, operator: Exists}]}}]}},"
                    + " securityContext: {runAsUser: 70001, runAsGroup: 70002, fsGroup: 70003}, priorityClassName: ";

    private final PostgresPod server;
    private final Namespace namespace;

    PodFieldsTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    void the_pod_is_as_the_resource_says() {
        var priority = "priority-" + namespace.name();
        namespace.kubectl("create", "priorityclass", priority, "--value=1000");
        namespace.kubectl("create", "serviceaccount", "migrator");
        var database = server.fresh("shaped");

        var migration = Migration.apply(
                        database, Map.of("V1__pet.sql", PET), Migration.NO_BACKUP, RUNNER + priority + "}")
                .awaitReady();
        namespace.kubectl("delete", "priorityclass", priority);

        var pod = migration.pods().getFirst();
        assertThat(pod.getMetadata().getLabels()).containsEntry("team", "zoo");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "mine");
        var spec = pod.getSpec();
        assertThat(spec.getServiceAccountName()).isEqualTo("migrator");
        assertThat(spec.getPriority()).isEqualTo(1000);
        assertThat(spec.getImagePullSecrets()).singleElement().hasFieldOrPropertyWithValue("name", "nobodys");
        assertThat(spec.getNodeSelector()).containsEntry("kubernetes.io/os", "linux");
        assertThat(spec.getTolerations()).anyMatch(it -> "zoo".equals(it.getKey()));
        assertThat(spec.getAffinity().getNodeAffinity()).isNotNull();
        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(70001);
        assertThat(spec.getSecurityContext().getRunAsGroup()).isEqualTo(70002);
        assertThat(spec.getSecurityContext().getFsGroup()).isEqualTo(70003);
        assertThat(spec.getContainers().getFirst().getResources().getRequests()).containsKey("memory");
    }

    @Test
    void a_run_ends_itself_at_its_deadline() {
        var database = server.fresh("late");

        var migration = Migration.apply(
                database,
                Map.of("V1__slow.sql", "SELECT pg_sleep(120);\n"),
                Migration.NO_BACKUP,
                "runner: {deadline: 4s}");

        migration.awaitTrouble("DeadlineExceeded");
    }

    @Test
    void backups_are_as_the_resource_says() {
        namespace.claim("backups");
        var database = server.fresh("saved");
        var claim = "claimName: backups, keep: 1";
        var migration = Migration.apply(database, Map.of("V1__pet.sql", PET), "backup: {%s}".formatted(claim))
                .awaitReady();
        database.sql("INSERT INTO pet VALUES ('Rex')");

        var two = Map.of("V1__pet.sql", PET, "V2__age.sql", AGE);
        var strict = "backup: {%s, scope: Touched, verify: Restore}".formatted(claim);
        Migration.apply(database, two, strict).awaitTrouble("PermissionMissing");
        database.sql("ALTER ROLE saved_owner CREATEDB");
        namespace.kubectl("annotate", "sm/saved", "lockstep.dev/retry=createdb");
        migration.awaitReady();
        var touched = saved(migration);
        assertThat(rows(touched)).as("no row of it was in danger").doesNotContain("Rex");

        Migration.apply(database, three(), "backup: {%s}".formatted(claim)).awaitReady();
        assertThat(saved(migration)).isNotEqualTo(touched);
        assertThat(rows(saved(migration))).contains("Rex");
        try (var errand = Errand.with(namespace, "backups")) {
            assertThat(errand.run("find", "/claim", "-name", "*.dump")).hasLineCount(1);
        }
        restored(database, saved(migration));
        tooLarge(database, claim);
    }

    private static Map<String, String> three() {
        return Map.of("V1__pet.sql", PET, "V2__age.sql", AGE, "V3__size.sql", "ALTER TABLE pet ADD COLUMN size int;\n");
    }

    private static String saved(Migration migration) {
        return requireNonNull(requireNonNull(migration.status().backup()).name());
    }

    private String rows(String backup) {
        try (var errand = Errand.with(namespace, "backups")) {
            return errand.run("pg_restore", "--file=-", "/claim/" + backup);
        }
    }

    /// One asks, another agrees, as for every change that is no run.
    private static void restored(PodDatabase database, String backup) {
        database.sql("INSERT INTO pet VALUES ('later')");
        var migration = new Migration(database.server().namespace(), database.name());
        migration.amend("restore " + backup + " into saved_again");
        migration.await(
                "the restore",
                it -> it.getStatus().amendment() != null
                        && "Done".equals(it.getStatus().amendment().result()),
                SOON);

        assertThat(database.server().psql("saved_again", "SELECT count(*) FROM pet"))
                .isEqualTo("1");
        assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("2");
    }

    /// What loses nothing is not saved, and so may be of any size.
    private static void tooLarge(PodDatabase database, String claim) {
        var saving = "backup: {%s, when: Destructive, maxSize: '1'}".formatted(claim);
        var lossy = new TreeMap<>(three());
        lossy.put("V4__colour.sql", "ALTER TABLE pet ADD COLUMN colour text;\n");
        Migration.apply(database, lossy, saving).awaitReady();
        lossy.put("V5__less.sql", "DELETE FROM pet;\n");
        var migration = Migration.apply(database, lossy, saving, "approval: Never", "contract: {when: Immediately}");
        migration.awaitTrouble("BackupTooLarge");
        assertThat(migration.condition("BackupReady").status()).isEqualTo("False");
        Migration.apply(database, lossy, Migration.NO_BACKUP, "approval: Never", "contract: {when: Immediately}")
                .awaitReady();
        assertThat(migration.status().revision()).isEqualTo("5");
    }

    /// Nothing watches a claim, so that a person tells of it.
    @Test
    void scripts_lie_in_a_claim_and_are_read_again_when_a_person_says_so() {
        namespace.claim("scripts");
        var database = server.fresh("claimed");
        try (var errand = Errand.with(namespace, "scripts")) {
            errand.run("mkdir", "/claim/db");
            errand.run("sh", "-c", "echo '%s' > /claim/db/V1__pet.sql".formatted(PET.strip()));
            var migration = Migration.apply(
                            namespace,
                            "claimed",
                            database.member(),
                            "migrations: {claim: {claimName: scripts, path: db}}",
                            Migration.NO_BACKUP)
                    .awaitReady();

            errand.run("sh", "-c", "echo '%s' > /claim/db/V2__age.sql".formatted(AGE.strip()));
            namespace.kubectl("annotate", "sm/claimed", "lockstep.dev/retry=two");

            migration.await("revision 2", it -> "2".equals(it.getStatus().revision()), SOON);
            migration.assertRuns(2);
        }
    }
}
