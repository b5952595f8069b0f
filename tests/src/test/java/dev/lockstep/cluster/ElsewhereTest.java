package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.Saved;
import dev.lockstep.resource.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Scripts and backups that lie where the operator does not see them.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
class ElsewhereTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final PostgresPod server;
    private final Namespace namespace;

    ElsewhereTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    void scripts_are_copied_out_of_an_image() {
        var database = server.fresh("copied");
        var from = "migrations: {image: {reference: 'docker.io/lockstep/postgres:18', path: %s}}";

        var migration = Migration.apply(
                namespace, "copied", database.member(), from.formatted("/nowhere"), Migration.NO_BACKUP);
        assertThat(migration.awaitTrouble("NoReport").message()).contains("/nowhere", "correct its path");
        var known = from.formatted("/migrations, pullSecretNames: [registry]");
        Migration.apply(namespace, "copied", database.member(), known, Migration.NO_BACKUP)
                .awaitReady();

        assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("0");
        assertThat(migration.pods())
                .anySatisfy(pod -> assertThat(pod.getSpec().getImagePullSecrets())
                        .anyMatch(it -> it.getName().equals("registry")));
    }

    /// The containerd of a test cluster may be too old for it, and then that is told.
    @Test
    void an_image_is_mounted_or_it_is_told_why_not() {
        var database = server.fresh("mounted");
        var from =
                "migrations: {image: {reference: 'docker.io/lockstep/postgres:18', path: /migrations, delivery: Volume}}";

        var migration = Migration.apply(namespace, "mounted", database.member(), from, Migration.NO_BACKUP);

        migration.await(
                "an end or a word of the kubelet's",
                it -> Migration.is(it, "Ready", "True") || Migration.is(it, "Ready", "False"),
                SOON);
        var ready = migration.condition("Ready");
        if (ready.status().equals("False")) {
            assertThat(ready.message()).contains("does not start", "delivery: Copy");
            assertThat(migration.condition("Reconciling").status()).isEqualTo("True");
        } else {
            assertThat(database.sql("SELECT count(*) FROM pet")).isEqualTo("0");
        }
    }

    /// A yes is to what was read; what lies there now is another thing.
    @Test
    void scripts_that_have_changed_since_a_person_agreed_do_not_run() {
        namespace.claim("shifting");
        var database = server.fresh("shifting");
        try (var errand = Errand.with(namespace, "shifting")) {
            write(errand, "V1__pet.sql", "CREATE TABLE pet (name text, age int, size int);");
            var from = "migrations: {claim: {claimName: shifting}}";
            var migration = Migration.apply(namespace, "shifting", database.member(), from, Migration.NO_BACKUP)
                    .awaitReady();
            write(errand, "V2__less.sql", "ALTER TABLE pet DROP COLUMN age;");
            namespace.kubectl("annotate", "sm/shifting", "lockstep.dev/retry=two");
            migration.await("a plan", it -> it.getStatus().plan() != null, SOON);
            var agreed = migration.hash();

            write(errand, "V2__less.sql", "ALTER TABLE pet DROP COLUMN size;");
            migration.approve("first");
            migration.await("another plan", it -> isOther(it.getStatus().plan(), agreed), SOON);

            assertThat(migration.events("Failed")).singleElement().asString().contains("PlanChanged");
            assertThat(columns(database)).isEqualTo("name age size");
            migration.approve("second");
            migration.await("revision 2", it -> "2".equals(it.getStatus().revision()), SOON);
            assertThat(columns(database)).isEqualTo("name age");
        }
    }

    private static boolean isOther(Status.@Nullable Plan plan, String hash) {
        return Optional.ofNullable(plan)
                .map(Status.Plan::hash)
                .filter(it -> !it.equals(hash))
                .isPresent();
    }

    private static String columns(PodDatabase database) {
        return database.sql("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE"
                + " attrelid = 'pet'::regclass AND attnum > 0 AND NOT attisdropped");
    }

    private static void write(Errand errand, String name, String sql) {
        errand.run("sh", "-c", "echo '%s' > /claim/%s".formatted(sql, name));
    }

    @Test
    void a_backup_that_cannot_be_taken_or_restored_changes_nothing() {
        namespace.claim("guarded");
        var database = server.fresh("guarded");
        database.sql("ALTER ROLE guarded_owner CREATEDB");
        var saved = "backup: {claimName: guarded}";
        var pet = "CREATE TABLE pet (name text);\n";
        var more = Map.of("V1__pet.sql", pet, "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n");
        Migration.apply(database, Map.of("V1__pet.sql", pet), saved).awaitReady();
        database.sql("CREATE TABLE theirs (id int)");

        var migration = Migration.apply(database, more, saved);
        assertThat(migration.awaitTrouble("BackupFailed").message()).contains("pg_dump failed");
        assertThat(migration.condition("BackupReady").status()).isEqualTo("False");
        assertThat(columns(database)).isEqualTo("name");
        database.sql("DROP TABLE theirs");
        migration.awaitReady();

        var backup = Optional.ofNullable(migration.status().backup()).map(Saved::name);
        migration.amend("restore " + backup.orElseThrow() + " into guarded");
        migration.await("an end", it -> Migration.is(it, "Ready", "True") && isRefused(it.getStatus()), SOON);
        assertThat(columns(database)).isEqualTo("name age");
    }

    @Test
    void a_backup_that_somebody_else_takes_is_waited_for() {
        var database = server.fresh("snapped");
        var pet = "CREATE TABLE pet (name text);\n";
        var more = Map.of("V1__pet.sql", pet, "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n");
        var external = "backup: {method: External}";
        Migration.apply(database, Map.of("V1__pet.sql", pet), external).awaitReady();

        var migration = Migration.apply(database, more, external);
        assertThat(migration.awaitTrouble("BackupNeeded").message()).contains("lockstep.dev/external-backup");
        assertThat(columns(database)).isEqualTo("name");
        namespace.kubectl("annotate", "sm/snapped", "lockstep.dev/external-backup=snap-1");

        migration.awaitReady();
        assertThat(columns(database)).isEqualTo("name age");
        assertThat(migration.status().backup()).extracting("name").isEqualTo("snap-1");
    }

    private static boolean isRefused(Status status) {
        return Optional.ofNullable(status.amendment())
                .map(Status.Amendment::result)
                .filter("RestoreFailed"::equals)
                .isPresent();
    }
}
