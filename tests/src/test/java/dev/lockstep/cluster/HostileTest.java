package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.Status.Stage;
import dev.lockstep.server.ApiCall;
import dev.lockstep.server.ApiProxy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Whatever becomes of one request of the operator, what a resource asks for is brought about in as many runs as when
/// nothing happens, and all that is told in the end is the same. With `-Dlockstep.hostile=all` each harm is done at
/// each request that it is for, with `Stale:14,Missed:3` those, else some of them at one that is drawn.
@OnCluster
@TestInstance(PER_CLASS)
@Isolated("the operator is another one")
class HostileTest {
    private static final long SEED = Long.getLong("lockstep.seed", 20261127);
    private static final Set<Harm> SAMPLED = Set.of(Harm.Stale, Harm.Missed);
    private static final Duration END_MAX = Duration.ofSeconds(90);

    /// A step that may run at once, one that a person has to agree to, and its way back.
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__counter.sql", "CREATE TABLE counter (n int, old int);\n",
            "V2__count.sql", "ALTER TABLE counter ADD COLUMN new int; UPDATE counter SET n = n + 1;\n",
            "V3__old.sql", "ALTER TABLE counter DROP COLUMN old; UPDATE counter SET n = n + 10;\n",
            "U3__old.sql", "ALTER TABLE counter ADD COLUMN old int; UPDATE counter SET n = n + 100;\n");

    private final Installed installed;
    private final PostgresPod server;

    private final ApiProxy proxy;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();
    private OperatorProcess operator;

    HostileTest(Installed installed, PostgresPod server) throws IOException {
        this.installed = installed;
        this.server = server;
        this.proxy = OperatorProcess.proxy(installed);
        this.token = installed.token();
    }

    @BeforeAll
    void be_the_only_operator(@TempDir Path folder) throws IOException {
        installed.rest();
        server.namespace().claim("backups");
        operator = OperatorProcess.start(
                        installed,
                        proxy,
                        folder,
                        Map.of(
                                "LOCKSTEP_WATCH_NAMESPACES",
                                server.namespace().name(),
                                "LOCKSTEP_LEADER_ELECTION",
                                "false"))
                .awaitReady();
    }

    @AfterAll
    void give_the_other_back() throws IOException {
        operator.close();
        proxy.close();
        installed.resume();
    }

    @TestFactory
    Stream<DynamicTest> whatever_becomes_of_a_request_the_end_is_the_same() {
        var before = new AtomicInteger();
        var end = end("clean", _ -> before.set(proxy.calls().size()));
        var calls =
                proxy.calls().stream().skip(before.get()).filter(Harm::counts).toList();
        System.out.println("HostileTest: " + calls.size() + " requests: " + calls);
        return Stream.of(Harm.values())
                .flatMap(harm -> moments(harm, calls)
                        .mapToObj(n -> dynamicTest(
                                harm + " at request " + n,
                                () -> assertThat(end(harm, n)).isEqualTo(end))));
    }

    private static IntStream moments(Harm harm, List<ApiCall> calls) {
        var wanted = System.getProperty("lockstep.hostile", "some");
        var all = IntStream.rangeClosed(1, calls.size())
                .filter(n -> harm.isOf(calls.get(n - 1)))
                .toArray();
        return switch (wanted) {
            case "all" -> IntStream.of(all);
            case "some" ->
                new Random(SEED + harm.name().hashCode())
                        .ints(SAMPLED.contains(harm) ? 1 : 0, 0, all.length)
                        .map(it -> all[it]);
            default ->
                Stream.of(wanted.split(","))
                        .filter(it -> it.startsWith(harm + ":"))
                        .mapToInt(it -> Integer.parseInt(it.substring(it.indexOf(':') + 1)));
        };
    }

    /// A scenario may have fewer requests than the first: then the harm is not for the next one.
    private End end(Harm harm, int n) {
        var name = harm.name().toLowerCase(Locale.ROOT) + (char) ('a' + n / 26) + (char) ('a' + n % 26);
        try {
            return end(name, before -> proxy.judge(harm.court(n, proxy, operator, before)));
        } finally {
            proxy.judge(_ -> new ApiProxy.Fate.Passed());
        }
    }

    /// What the operator would be shown if it started now.
    private Map<String, String> lists() {
        proxy.lists().keySet().forEach(this::get);
        return proxy.lists();
    }

    private void get(String target) {
        var request = HttpRequest.newBuilder(proxy.address().resolve(target))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The operator does not hear of it before it is known what there was before.
    private End end(String name, Consumer<Map<String, String>> begin) {
        var database = server.fresh(name);
        proxy.watches().hold();
        database.sql("CREATE TABLE counter (n int, old int); INSERT INTO counter VALUES (0, 7);"
                + " ALTER TABLE counter OWNER TO " + database.owner());
        podOfBefore(name);
        var migration = Migration.apply(
                database,
                SCRIPTS,
                "backup: {claimName: backups}",
                "baseline: '1'",
                "downgrade: Allowed",
                "contract: {podSelector: {matchLabels: {app: " + name + "}}}");
        begin.accept(lists());
        proxy.watches().release();
        thereAndBack(migration);
        return End.of(migration, database, "SELECT * FROM counter");
    }

    /// It is waited for though no node takes it.
    private void podOfBefore(String name) {
        server.namespace().apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, labels: {app: %1$s}, annotations: {revision.lockstep.dev/%1$s: "2"}}
                spec:
                  nodeSelector: {lockstep.dev/none: ""}
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: app
                      image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(name));
    }

    /// Up while a pod of before is there, and down while one of after is.
    private static void thereAndBack(Migration migration) {
        migration.await("a plan", it -> it.getStatus().plan() != null, END_MAX);
        migration.approve(migration.name());
        deploy(migration, "3");
        migration.await("all contracted", it -> Migration.is(it, "Contracted", "True"), END_MAX);
        migration.awaitReady();
        var back = "--patch={\"spec\":{\"target\":\"2\"}}";
        migration.namespace().kubectl("patch", "sm", migration.name(), "--type=merge", back);
        deploy(migration, "2");
        migration.await("the way down", it -> "2".equals(it.getStatus().revision()), END_MAX);
        migration.awaitReady();
    }

    private static void deploy(Migration migration, String revision) {
        migration.await("a wait for pods", it -> it.getStatus().stage() == Stage.AwaitingPods, END_MAX);
        var declared = "revision.lockstep.dev/" + migration.name() + "=" + revision;
        migration.namespace().kubectl("annotate", "pod", migration.name(), declared, "--overwrite");
    }
}
