package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.server.ApiCall;
import dev.lockstep.server.ApiProxy;
import dev.lockstep.server.ApiProxy.Fate;
import dev.lockstep.server.Pause;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators of which one leads, and what each of them asks of the API server.
@OnCluster
@TestInstance(PER_CLASS)
@Isolated("the operators are others")
class OperatorsTest {
    private static final Duration TAKEN_OVER_MAX = Duration.ofSeconds(20);
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Map<String, String> SLEEP = Map.of(
            "V1__sleep.sql", "CREATE TABLE counter (n int); INSERT INTO counter VALUES (1); SELECT pg_sleep(6);\n");

    /// Which anybody may, so that a client can look before it leaps.
    private static final String OWN_RIGHTS = "create authorization.k8s.io/selfsubjectrulesreviews";

    /// The framework looks for it among its rights before it begins, and never uses it.
    private static final String LOOKED_FOR = "update coordination.k8s.io/leases";

    private final Installed installed;
    private final PostgresPod server;

    @TempDir
    private Path folder;

    OperatorsTest(Installed installed, PostgresPod server) {
        this.installed = installed;
        this.server = server;
    }

    @BeforeAll
    void take_the_other_away() {
        installed.rest();
    }

    @AfterAll
    void give_the_other_back() {
        installed.resume();
    }

    @Test
    void it_asks_for_all_that_it_may_and_for_nothing_else() throws IOException {
        installed.cluster().kubectl("delete", "lease", installed.release(), "--namespace", installed.namespace());
        try (var proxy = OperatorProcess.proxy(installed);
                var _ = start("rights", proxy).awaitReady()) {
            var stuck = apply("stuck", "runner: {serviceAccountName: nobody}");
            var held = apply("held", "contract: {when: RolledOut, podSelector: {matchLabels: {app: held}}}");
            held.awaitReady();
            held.await("pods", it -> Migration.is(it, "Contracted", "False"), Migration.SETTLED_MAX);
            stuck.awaitTrouble("FailedCreate");
            apply("stuck").awaitReady();
            var used = proxy.calls().stream()
                    .filter(it -> !it.resource().isEmpty())
                    .map(ApiCall::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            var may = rights();

            assertThat(used.remove(OWN_RIGHTS)).isTrue();
            assertThat(may.remove(LOOKED_FOR)).isTrue();
            assertThat(used).isEqualTo(may);
        }
    }

    private Migration apply(String name, String... more) {
        var database = new PodDatabase(server, name);
        if (server.psql("postgres", "SELECT count(*) FROM pg_database WHERE datname = '%s'".formatted(name))
                .equals("0")) {
            server.fresh(name);
            database.sql("CREATE TABLE there (n int); ALTER TABLE there OWNER TO " + database.owner());
        }
        var scripts = Map.of(
                "V1__pet.sql", "CREATE TABLE pet (name text); SELECT pg_sleep(4);\n",
                "V2__there.sql", "DROP TABLE there;\n");
        return Migration.apply(
                database,
                scripts,
                Stream.concat(Stream.of(Migration.NO_BACKUP, "baseline: '0'"), Stream.of(more))
                        .toArray(String[]::new));
    }

    /// Of the installed chart's roles.
    private Set<String> rights() {
        var rbac = installed.cluster().client().rbac();
        var everywhere = rbac.clusterRoles()
                .withName(installed.namespace() + "-" + installed.release())
                .require();
        var lease = rbac.roles()
                .inNamespace(installed.namespace())
                .withName(installed.release() + "-lease")
                .require();
        return Stream.concat(everywhere.getRules().stream(), lease.getRules().stream())
                .flatMap(OperatorsTest::words)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> words(PolicyRule rule) {
        var group = rule.getApiGroups().getFirst();
        return rule.getResources().stream()
                .flatMap(resource -> rule.getVerbs().stream()
                        .map(verb -> verb + " " + (group.isEmpty() ? "" : group + "/") + resource));
    }

    @Test
    @Befalls(Mishap.LeaderEnds)
    void when_the_leader_is_killed_in_the_middle_another_goes_on_with_its_run() throws IOException {
        try (var proxy = OperatorProcess.proxy(installed);
                var leader = start("one", proxy).awaitReady();
                var behind = OperatorProcess.proxy(installed);
                var _ = start("two", behind).awaitReady()) {
            var database = server.fresh("killed");
            var migration = Migration.apply(database, SLEEP, Migration.NO_BACKUP);
            database.awaitSleeper();
            assertThat(behind.calls()).noneMatch(OperatorsTest::isDeed);

            leader.kill();

            Awaitility.await()
                    .atMost(TAKEN_OVER_MAX)
                    .until(() -> behind.calls().stream().anyMatch(OperatorsTest::isDeed));
            migration.awaitReady();
            migration.assertRuns(1);
            assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        }
    }

    private static boolean isDeed(ApiCall call) {
        return call.isWrite()
                && !call.resource().equals("leases")
                && !call.resource().startsWith("selfsubject");
    }

    /// Its lease runs out while it stands still. When it goes on it may have something in hand; that is refused, since
    /// another has written meanwhile.
    @Test
    @Tag("nightly")
    @Befalls(Mishap.LeaderSleeps)
    void a_leader_that_stood_still_undoes_nothing() throws IOException {
        try (var proxy = OperatorProcess.proxy(installed);
                var leader = start("still", proxy).awaitReady();
                var behind = OperatorProcess.proxy(installed);
                var _ = start("next", behind).awaitReady()) {
            var database = server.fresh("still");
            var migration = Migration.apply(database, SLEEP, Migration.NO_BACKUP);
            database.awaitSleeper();

            leader.signal("STOP");
            migration.awaitReady();
            var told = migration.status();
            leader.signal("CONT");

            Awaitility.await().atMost(TAKEN_OVER_MAX).until(leader::isEnded);
            assertThat(migration.status()).isEqualTo(told);
            migration.assertRuns(1);
        }
    }

    /// Its leader can not renew its lease, and ends; the kubelet starts it again.
    @Test
    @Tag("nightly")
    @Befalls(Mishap.ApiServerGone)
    void a_minute_without_the_api_server_ends_no_run_and_starts_none() throws IOException {
        try (var proxy = OperatorProcess.proxy(installed);
                var operator = start("cut", proxy).awaitReady()) {
            var database = server.fresh("cut");
            var migration = Migration.apply(database, SLEEP, Migration.NO_BACKUP);
            database.awaitSleeper();

            proxy.judge(_ -> new Fate.Lost(() -> {}));
            proxy.watches().cut();
            var meanwhile = Migration.apply(server.fresh("meanwhile"), SLEEP, Migration.NO_BACKUP);
            Pause.of(OUTAGE);
            proxy.judge(_ -> new Fate.Passed());
            if (operator.isEnded()) operator.killAndStart();

            migration.awaitReady();
            migration.assertRuns(1);
            meanwhile.awaitReady();
            meanwhile.assertRuns(1);
        }
    }

    /// A pod that is gone is waited for, and so is the next attempt: both by times that the cluster has written.
    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    @Tag("nightly")
    @Befalls(Mishap.OperatorsClock)
    void a_clock_that_is_an_hour_off_changes_nothing(String ahead) throws IOException {
        var settings = Map.of("CLOCK_AHEAD", ahead, "LOCKSTEP_LEADER_ELECTION", "false");
        try (var proxy = OperatorProcess.proxy(installed);
                var _ = OperatorProcess.start(
                                "dev.lockstep.operator.WrongClockMain", installed, proxy, folder, settings)
                        .awaitReady()) {
            var database = server.fresh(ahead.contains("-") ? "behind" : "ahead");
            var migration = Migration.apply(database, SLEEP, Migration.NO_BACKUP);
            database.awaitSleeper();
            migration
                    .pods()
                    .forEach(it -> server.namespace()
                            .client()
                            .resource(it)
                            .withGracePeriod(0)
                            .delete());

            migration.awaitReady();
            migration.assertRuns(2);
            var told = Instant.parse(migration.condition("Ready").lastTransitionTime());
            assertThat(Duration.between(told, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        }
    }

    private OperatorProcess start(String identity, ApiProxy proxy) throws IOException {
        return OperatorProcess.start(
                installed,
                proxy,
                folder,
                Map.of("LOCKSTEP_NAMESPACE", installed.namespace(), "LOCKSTEP_IDENTITY", identity));
    }
}
