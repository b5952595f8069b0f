package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.cluster.Shop.Release;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/// A column is renamed under an application that goes on serving, from its first release to its second.
@OnCluster
@TestInstance(PER_CLASS)
@Isolated("no request of its load may be late")
class RolloutTest {
    /// How many there are before the first release starts. The batch takes 400 ms for 200 of them.
    private static final int CUSTOMERS = Integer.getInteger("lockstep.customers", 4_000);
    private static final String V1 = "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL);\n";
    private static final Map<String, String> SCRIPTS = new TreeMap<>(Map.of(
            "V1__customer.sql", V1,
            "V2__full_name.sql", """
            ALTER TABLE customer ADD COLUMN full_name text;
            CREATE FUNCTION customer_names() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'INSERT' THEN
                NEW.full_name := coalesce(NEW.full_name, NEW.name);
                NEW.name := coalesce(NEW.name, NEW.full_name);
              ELSIF NEW.full_name IS DISTINCT FROM OLD.full_name THEN
                NEW.name := NEW.full_name;
              ELSE
                NEW.full_name := NEW.name;
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER customer_names BEFORE INSERT OR UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION customer_names();
            """,
            "V3__fill.sql", """
            -- Batch: table=customer rows=200 pause=400ms
            UPDATE customer SET full_name = name WHERE full_name IS NULL AND ${batch};
            """,
            "V4__name.sql", """
            -- Breaking: deploy release two, which reads full_name, first
            DROP TRIGGER customer_names ON customer;
            DROP FUNCTION customer_names();
            ALTER TABLE customer DROP COLUMN name;
            """));
    private static final String[] REST = {
        "backup: {claimName: backups}", "contract: {podSelector: {matchLabels: {app: shop}}}"
    };
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Namespace namespace;
    private final PodDatabase database;
    private final Shop shop;

    RolloutTest(Installed installed, PostgresPod server) {
        namespace = server.namespace();
        namespace.claim("backups");
        database = server.fresh("shop");
        shop = new Shop(database, "4");
    }

    @Test
    void two_releases_serve_without_a_failed_request_while_a_column_is_renamed_under_them() {
        var migration = firstRelease();

        secondRelease();
        rolledOut("web", "worker");
        migration.await("a question", it -> stage(it).equals("AwaitingApproval"), LONG);
        assertThat(migration.condition("Ready").status()).isEqualTo("True");
        assertThat(data()).containsEntry("revision", "3").containsEntry("stage", "AwaitingApproval");

        undoneBeforeTheContract(migration);
        namespace.apply(shop.deployment("web", Release.TWO));
        migration
                .await("the contract", it -> "4".equals(it.getStatus().revision()), LONG)
                .awaitReady();
        assertThat(migration.condition("Contracted").status()).isEqualTo("True");
        assertThat(data())
                .containsEntry("revision", "4")
                .containsEntry("floor", "4")
                .containsEntry("stage", "Settled");
        migration.assertRuns(4);

        assertRefused();
        assertUndisturbed();
    }

    /// Which is safe, and holds the contract step up.
    private void undoneBeforeTheContract(Migration migration) {
        namespace.kubectl("rollout", "undo", "deployment/web");
        rolledOut("web");
        migration.approve("agreed");
        migration.await("pods", it -> stage(it).equals("AwaitingPods"), LONG);
        assertThat(migration.status().waitingFor())
                .anySatisfy(it -> assertThat(it).contains("deployment web: declares 1, contract needs 4"));
    }

    private Migration firstRelease() {
        var migration =
                Migration.apply(database, Map.of("V1__customer.sql", V1), REST).awaitReady();
        database.sql("INSERT INTO customer SELECT 2 * i, 'one ' || 2 * i FROM generate_series(1, " + CUSTOMERS + ") i");
        database.sql(Shop.WATCH);
        namespace.apply(shop.deployment("web", Release.ONE));
        namespace.apply(shop.deployment("worker", Release.ONE));
        namespace.apply(shop.cronJob(Release.ONE));
        rolledOut("web", "worker");
        return migration;
    }

    /// The application first: its new pods wait, and nobody has to mind the order.
    private void secondRelease() {
        namespace.apply(shop.deployment("web", Release.TWO));
        namespace.apply(shop.deployment("worker", Release.TWO));
        namespace.apply(shop.cronJob(Release.TWO));
        Migration.apply(database, SCRIPTS, REST);
    }

    private static String stage(SchemaMigration resource) {
        return Optional.ofNullable(resource.getStatus().stage()).map(Enum::name).orElse("");
    }

    private void rolledOut(String... deployments) {
        Stream.of(deployments)
                .forEach(it -> namespace.kubectl("rollout", "status", "deployment/" + it, "--timeout=5m"));
    }

    private Map<String, String> data() {
        return namespace
                .client()
                .configMaps()
                .inNamespace(namespace.name())
                .withName("shop-schema")
                .require()
                .getData();
    }

    /// After it, neither an undo nor what an old CronJob has made comes in.
    private void assertRefused() {
        namespace.kubectl("rollout", "undo", "deployment/web");
        namespace.apply(shop.job("late", Release.ONE));
        for (var part : List.of("web", "late")) {
            Awaitility.await("a refused pod of " + part)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> pods(part).stream().anyMatch(RolloutTest::isPastContract));
        }
        namespace.apply(shop.deployment("web", Release.TWO));
        rolledOut("web");
    }

    private List<Pod> pods(String part) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("part", part)
                .list()
                .getItems();
    }

    private static boolean isPastContract(Pod pod) {
        return pod.getStatus().getInitContainerStatuses().stream()
                .flatMap(it -> Stream.of(it.getState(), it.getLastState()))
                .filter(it -> it != null && it.getTerminated() != null)
                .anyMatch(it -> it.getTerminated().getExitCode() == 10
                        && it.getTerminated().getMessage().contains("PastContract"));
    }

    private void assertUndisturbed() {
        namespace.kubectl("scale", "deployment/web", "deployment/worker", "--replicas=0");
        namespace.kubectl("delete", "cronjob/nightly");
        Awaitility.await("the last pod")
                .atMost(Duration.ofMinutes(2))
                .until(() -> Stream.of("web", "worker", "nightly").allMatch(it -> pods(it).isEmpty()));
        assertAccounted();
        for (var release : List.of("one", "two")) {
            assertThat(database.sql("SELECT sum(done) > 300 FROM watch.seen WHERE release = '" + release + "'"))
                    .as("requests of release " + release)
                    .isEqualTo("t");
        }
        assertThat(database.sql("SELECT count(*) FROM customer WHERE full_name IS DISTINCT FROM"
                        + " CASE id % 2 WHEN 0 THEN 'one ' ELSE 'two ' END || id"))
                .isEqualTo("0");
    }

    /// Every pod that has served says so until its end, no request of it was late or failed, and each value that it
    /// wrote is there.
    private void assertAccounted() {
        assertThat(served()).anyMatch(it -> it.startsWith("nightly-"));
        assertThat(database.sql("SELECT pod FROM watch.seen WHERE last").lines())
                .as("pods that have kept account until their end")
                .containsExactlyInAnyOrderElementsOf(served());
        assertThat(database.sql("SELECT release, said FROM watch.seen WHERE failed > 0 OR late > 0"))
                .as("failed or late requests")
                .isEmpty();
        assertThat(database.sql("SELECT (SELECT sum(done) FROM watch.seen) - (SELECT count(*) FROM watch.wrote)"))
                .as("requests that were answered without having written")
                .isEqualTo("0");
        assertThat(database.sql("SELECT count(*) FROM watch.wrote LEFT JOIN customer USING (id)"
                        + " WHERE customer.full_name IS DISTINCT FROM wrote.value"))
                .as("values that were written and are lost")
                .isEqualTo("0");
    }

    /// The pods whose application has started. The events outlive them.
    private List<String> served() {
        return namespace
                .client()
                .v1()
                .events()
                .inNamespace(namespace.name())
                .withField("reason", "Started")
                .withField("involvedObject.fieldPath", "spec.containers{app}")
                .list()
                .getItems()
                .stream()
                .map(it -> it.getInvolvedObject().getName())
                .toList();
    }
}
