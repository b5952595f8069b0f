package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/// The operator comes, changes and goes; what it has worked on stays.
@OnCluster
@TestInstance(PER_CLASS)
@Isolated("it takes the operator away, at a moment")
class ChartTest {
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");
    private static final Map<String, String> LONG = Map.of("V1__long.sql", "SELECT pg_sleep(300);\n");
    private static final Map<String, String> COUNT = Map.of(
            "V1__counter.sql",
            "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);\n",
            "V2__count.sql",
            "UPDATE counter SET n = n + 1; SELECT pg_sleep(10);\n");
    private static final Duration GONE_MAX = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Installed installed;
    private final PostgresPod server;

    ChartTest(Cluster cluster, Installed installed, PostgresPod server) {
        this.cluster = cluster;
        this.installed = installed;
        this.server = server;
    }

    @AfterEach
    void install_it_as_it_was() {
        installed.upgrade();
    }

    @Test
    void an_upgrade_an_uninstall_and_an_install_leave_resources_and_databases_alone() {
        var database = server.fresh("kept");
        var migration = Migration.apply(database, PET, Migration.NO_BACKUP).awaitReady();
        database.sql("INSERT INTO pet VALUES ('Rex')");
        migration.namespace().kubectl("wait", "--for=condition=Complete", "job", "--all", "--timeout=30s");
        var before = traces(migration);

        installed.upgrade("podAnnotations.again=yes");
        apply("upgraded").awaitReady();
        assertThat(traces(migration)).isEqualTo(before);

        installed.uninstall();
        assertThat(installed.pods()).isEmpty();
        assertThat(traces(migration)).isEqualTo(before);

        installed.upgrade();
        apply("installed").awaitReady();
        assertThat(traces(migration)).isEqualTo(before);
        assertThat(database.sql("SELECT name FROM pet")).isEqualTo("Rex");
    }

    @Test
    @Befalls(Mishap.OperatorEnds)
    void a_killed_operator_finds_its_run_again() {
        var database = server.fresh("killed");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        installed.kill();

        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        migration.assertRuns(1);
    }

    @Tag("nightly")
    @Test
    @Befalls(Mishap.OperatorEnds)
    void an_upgrade_in_the_middle_of_a_run_starts_nothing() {
        var database = server.fresh("midway");
        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();

        installed.upgrade("podAnnotations.again=yes", "runner.image.tag=another", "runner.image.pullPolicy=Never");

        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        assertThat(database.sql("SELECT count(*) FROM flyway_schema_history")).isEqualTo("2");
        apply("next").awaitTrouble("ErrImageNeverPull");
        migration.assertRuns(1);
    }

    /// Progress is read in the log, and only there.
    @Tag("nightly")
    @Test
    void an_operator_that_may_not_read_logs_does_all_but_tell_progress() {
        installed.upgrade("readLogs=false");
        var account = "--as=system:serviceaccount:%s:%s".formatted(installed.namespace(), installed.release());
        assertThat(cluster.tryKubectl("auth", "can-i", "get", "pods/log", account)
                        .output())
                .contains("no");
        var database = server.fresh("unread");

        var migration = Migration.apply(database, COUNT, Migration.NO_BACKUP);
        database.awaitSleeper();
        assertThat(progress(migration)).isEmpty();
        migration.awaitReady();
        migration.assertRuns(1);

        installed.upgrade();
        var told = Migration.apply(server.fresh("read"), COUNT, Migration.NO_BACKUP);
        told.await("progress", _ -> progress(told).isPresent(), Duration.ofSeconds(60));
    }

    private static Optional<Status.Progress> progress(Migration migration) {
        return Optional.ofNullable(migration.status().run()).map(Status.Run::progress);
    }

    @Tag("nightly")
    @Test
    @Befalls(Mishap.NamespaceDeleted)
    void a_namespace_with_a_run_at_work_is_gone_in_half_a_minute() {
        var namespace = atWork("there");

        assertThat(cluster.client().resource(own(namespace)).delete()).isNotEmpty();

        assertGone(namespace);
    }

    @Tag("nightly")
    @Test
    @Befalls(Mishap.NamespaceDeleted)
    void a_namespace_with_a_run_at_work_is_gone_in_half_a_minute_without_the_operator_too() {
        var namespace = atWork("gone");
        installed.uninstall();

        assertThat(cluster.client().resource(own(namespace)).delete()).isNotEmpty();

        assertGone(namespace);
    }

    @Test
    @Tag("nightly")
    @Befalls(Mishap.NoPod)
    void an_image_that_cannot_be_pulled_is_told_of_and_mended_by_the_next_upgrade() {
        installed.upgrade("runner.image.tag=missing", "runner.image.repository=localhost:1/lockstep/runner");

        var migration = apply("pulled");
        migration.await(
                "ImagePullBackOff",
                it -> it.getStatus().conditions() != null && reason(it).equals("ImagePullBackOff"),
                Duration.ofSeconds(30));
        assertThat(migration.condition("Ready").message())
                .contains("localhost:1/lockstep/runner:missing", "correct the runner's image");

        installed.upgrade();
        migration.awaitReady();
    }

    private static String reason(SchemaMigration resource) {
        return Objects.requireNonNull(resource.getStatus().conditions()).stream()
                .filter(it -> it.type().equals("Ready"))
                .map(Condition::reason)
                .findFirst()
                .orElse("");
    }

    private Migration apply(String name) {
        return Migration.apply(server.fresh(name), PET, Migration.NO_BACKUP);
    }

    /// Everything that a migration has left in the cluster, with the count of its writes.
    private static List<String> traces(Migration migration) {
        var client = migration.namespace().client();
        var maps = client.configMaps()
                .inNamespace(migration.namespace().name())
                .withLabel("lockstep.dev/migration", migration.name())
                .list()
                .getItems();
        assertThat(maps).as("the scripts, and where the schema is").hasSize(2);
        migration.assertRuns(1);
        return Stream.concat(Stream.of(migration.read(), migration.jobs().getFirst()), maps.stream())
                .map(ChartTest::trace)
                .toList();
    }

    private static String trace(HasMetadata object) {
        var metadata = object.getMetadata();
        return object.getKind() + " " + metadata.getUid() + " at " + metadata.getResourceVersion();
    }

    /// A namespace of its own in which a script is in the middle of a long statement.
    private Namespace atWork(String name) {
        var namespace = Namespace.in(cluster);
        var database = server.fresh(name);
        database.createSecret(namespace);
        Migration.apply(namespace, name, database.member(), Migration.inline(LONG), Migration.NO_BACKUP);
        database.awaitSleeper();
        return namespace;
    }

    private io.fabric8.kubernetes.api.model.Namespace own(Namespace namespace) {
        return cluster.client().namespaces().withName(namespace.name()).require();
    }

    private void assertGone(Namespace namespace) {
        cluster.client()
                .namespaces()
                .withName(namespace.name())
                .waitUntilCondition(Objects::isNull, GONE_MAX.toSeconds(), TimeUnit.SECONDS);
    }
}
