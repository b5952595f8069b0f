package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import dev.lockstep.server.ApiCall;
import dev.lockstep.server.ApiProxy.Fate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What `kubectl lockstep` does where a resource is not as most are, or not yet there, for persons with the rights of
/// its guide. Two resources keep their backups in one claim; the third test takes the Jobs of one away.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginDeedsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> ONE =
            Map.of("V1__pet.sql", "CREATE TABLE pet (name text); INSERT INTO pet VALUES ('Rex');\n");
    private static final Map<String, String> TWO = Map.of(
            "V1__pet.sql", requireNonNull(ONE.get("V1__pet.sql")), "V2__less.sql", "UPDATE pet SET name = '';\n");

    /// Its second script goes on until somebody brings a second pet.
    private static final Map<String, String> SLOW = Map.of(
            "V1__pet.sql",
            requireNonNull(ONE.get("V1__pet.sql")),
            "V2__another.sql",
            "DO $$ BEGIN WHILE (SELECT count(*) FROM pet) < 2 LOOP PERFORM pg_sleep(0.1); END LOOP; END $$;\n");

    private static final String SQLITE = "database: {sqlite: {claimName: data, path: app.db}}";
    private static final String KEYED = "database: {postgresql: {hostKey: at, portKey: 'on', databaseKey: in,"
            + " tls: {mode: disable}, credentials: {secretName: keyed-where}}}";
    private static final String CLAIM = "backup: {claimName: saved}";
    private static final String FREE = "approval: Never";
    private static final String IMAGE = "docker.io/lockstep/runner:0.1.0-SNAPSHOT";

    private final Installed installed;
    private final Namespace namespace;
    private final PodDatabase keyed;
    private final PodDatabase slow;
    private final Path folder;
    private final Migration file;
    private final Migration named;

    PluginDeedsTest(Installed installed, PostgresPod server, @TempDir Path folder) {
        this.installed = installed;
        this.namespace = server.namespace();
        this.keyed = server.fresh("keyed");
        this.slow = server.fresh("slow");
        this.folder = folder;
        this.file = new Migration(namespace, "pets");
        this.named = new Migration(namespace, "keyed");
    }

    @BeforeAll
    void migrate() {
        Person.roles(namespace);
        namespace.claim("data");
        namespace.claim("saved");
        namespace.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: keyed-where}
                stringData: {username: keyed_owner, password: %s, at: db, on: "5432", in: keyed}
                """.formatted(PodDatabase.PASSWORD));
        keyed.sql("ALTER ROLE keyed_owner CREATEDB");
        for (var scripts : List.of(ONE, TWO)) {
            Migration.apply(namespace, "pets", SQLITE, Migration.inline(scripts), CLAIM, FREE);
            Migration.apply(namespace, "keyed", KEYED, Migration.inline(scripts), CLAIM, FREE);
            file.awaitReady();
            named.awaitReady();
        }
    }

    @Test
    @Order(1)
    void of_a_shared_claim_those_of_the_file_and_of_the_database_that_the_secret_names_are_listed() {
        var lister = person("lister", "lockstep-backups");

        assertThat(lister.run("backups", "pets").as(0).out())
                .contains(backup(file) + "  at 1, ")
                .doesNotContain(backup(named));
        assertThat(lister.run("backups", "keyed").as(0).out())
                .contains(backup(named) + "  at 1, ")
                .doesNotContain(backup(file));
    }

    @Test
    @Order(2)
    void a_restore_that_one_asks_for_and_another_agrees_to_brings_the_rows_back_beside() {
        var asker = person("asker", "lockstep-ask");
        var approver = person("approver", "lockstep-approve");
        assertThat(keyed.sql("SELECT name FROM pet")).isEmpty();

        var said = asker.run("restore", "keyed", backup(named), "before").as(0);
        assertThat(said.out()).startsWith("Asked of " + namespace.name() + "/keyed: restore " + backup(named));
        var agreeing = new String[] {"approve", "keyed", "--yes", "--plan", said.hash()};
        asker.run(agreeing).as(6);
        approver.run(agreeing).as(0);
        named.await(
                "an end", it -> amendment(it).flatMap(PluginDeedsTest::result).isPresent(), SOON);
        named.awaitReady();

        assertThat(keyed.server().psql("before", "SELECT name FROM pet")).isEqualTo("Rex");
        assertThat(keyed.sql("SELECT name FROM pet")).as("not touched").isEmpty();
        var job = amendment(named.read()).map(Status.Amendment::job).orElse("");
        assertThat(approver.run("status", "keyed").as(0).out()).contains("into before", ": Done in " + job);
        assertThat(person("reader", "lockstep-logs")
                        .run("logs", "keyed", "--job", job)
                        .as(0)
                        .out())
                .contains("into before");
    }

    @Test
    @Order(3)
    void backups_are_listed_though_the_jobs_are_gone_by_an_image_that_is_named_or_by_the_operators() {
        var alone = person("alone", "lockstep-backups", "lockstep-logs");
        var seeing = person("seeing", "lockstep-backups");
        takeJobsAway(named);

        assertThat(alone.run("backups", "keyed").as(8).err())
                .contains("no Job of it is left that would tell the runner's image", "--image IMAGE");
        assertThat(alone.run("backups", "keyed", "--image", IMAGE).as(0).out()).contains(backup(named));
        assertThat(alone.run("logs", "keyed", "-f").as(7).err()).contains("its pod is not there any more");
        var binding = namespace.name() + "-seeing";
        var cluster = namespace.cluster();
        try {
            cluster.kubectl(
                    "create",
                    "clusterrolebinding",
                    binding,
                    "--clusterrole=view",
                    "--serviceaccount=" + namespace.name() + ":seeing");
            assertThat(seeing.run("backups", "keyed").as(0).out()).contains(backup(named));
        } finally {
            cluster.kubectl("delete", "clusterrolebinding", binding);
        }
        assertThat(named.runs()).as("started by nobody's question").isEmpty();
    }

    @Test
    @Order(4)
    void a_log_is_followed_from_before_the_runs_pod_is_there_to_the_runs_end()
            throws IOException, InterruptedException {
        var reader = person("follower", "lockstep-logs");
        namespace.kubectl("create", "quota", "none", "--hard=pods=0");
        var migration = Migration.apply(slow, SLOW, Migration.NO_BACKUP);
        migration.await("a Job", it -> it.getStatus().run() != null, SOON);

        var following = reader.start("logs", "slow", "-f");
        assertThat(following.waitFor(3, TimeUnit.SECONDS))
                .as("waits for the pod")
                .isFalse();
        assertThat(migration.pods()).isEmpty();
        namespace.kubectl("delete", "quota", "none");
        try (var lines = new BufferedReader(new InputStreamReader(following.getInputStream(), UTF_8))) {
            assertThat(until("[2/2] V2__another.sql", lines)).contains("[1/2] V1__pet.sql");
            assertThat(Optional.ofNullable(migration.status().run()).map(Status.Run::result))
                    .isEmpty();
            assertThat(following.isAlive()).isTrue();
            slow.sql("INSERT INTO pet VALUES ('Tom')");
            assertThat(lines.lines().toList()).last().isEqualTo("at revision 2, 2 applied");
        }
        assertThat(following.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(following.exitValue()).isZero();
    }

    @Test
    @Order(5)
    void a_cluster_without_the_kind_is_told_as_such() throws IOException {
        var all = person("all", "lockstep-ask", "lockstep-logs");
        try (var proxy = OperatorProcess.proxy(installed)) {
            var there = all.behind(proxy);
            there.run("status", "pets").as(0);
            proxy.judge(PluginDeedsTest::toNoKind);

            for (var verb : List.of("status", "status -w", "retry pets", "logs pets -f")) {
                assertThat(there.run(verb.split(" ")).as(7).err())
                        .as(verb)
                        .isEqualTo("NotFound: " + proxy.address() + "/: the cluster has no such kind: its API server"
                                + " knows no SchemaMigration; install Lockstep's chart, or choose another --context\n");
            }
        }
    }

    /// The API server's own answer to whoever may ask for what it does not serve: rights are not of a version.
    private static Fate toNoKind(ApiCall call) {
        return call.group().equals("lockstep.dev")
                ? new Fate.Turned(call.target().replace("/v1alpha1/", "/v0alpha0/"))
                : new Fate.Passed();
    }

    private Person person(String name, String... roles) {
        return Person.with(namespace, folder, name, roles);
    }

    private static String backup(Migration migration) {
        return String.valueOf(requireNonNull(migration.status().backup()).name());
    }

    private static Optional<Status.Amendment> amendment(SchemaMigration resource) {
        return Optional.ofNullable(resource.getStatus().amendment());
    }

    private static Optional<String> result(Status.Amendment amendment) {
        return Optional.ofNullable(amendment.result());
    }

    private void takeJobsAway(Migration migration) {
        namespace.kubectl("delete", "jobs", "--selector", "lockstep.dev/migration=" + migration.name());
        Awaitility.await().atMost(SOON).until(() -> migration.pods().isEmpty());
    }

    /// The lines up to this one.
    private static String until(String last, BufferedReader lines) throws IOException {
        var all = new StringBuilder();
        while (!all.toString().endsWith(last + "\n")) {
            var line = lines.readLine();
            if (line == null) break;
            all.append(line).append('\n');
        }
        return all.toString();
    }
}
