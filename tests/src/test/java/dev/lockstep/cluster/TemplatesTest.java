package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Old code of which no pod is alive, but which may make one tomorrow.
@OnCluster
@Tag("nightly")
class TemplatesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");
    private static final Map<String, String> LESS = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__less.sql", "ALTER TABLE pet DROP COLUMN name;\n");
    private static final String[] REST = {
        Migration.NO_BACKUP, "approval: Never", "contract: {podSelector: {matchLabels: {app: shop}}}"
    };

    private static final String CRON_JOB = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly}
            spec:
              schedule: "0 0 29 2 *"
              jobTemplate:
                spec:
                  template:
            """;

    /// For a node that is not there.
    private static final String DAEMON_SET = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: everywhere}
            spec:
              selector: {matchLabels: {part: everywhere}}
              template:
            """;

    private static final String STATEFUL_SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: ordered}
            spec:
              replicas: 0
              serviceName: ordered
              selector: {matchLabels: {part: ordered}}
              template:
            """;

    @Test
    void each_holds_the_contract_step_up_until_it_is_new_or_gone(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("shop");
        var migration = Migration.apply(database, PET, REST).awaitReady();
        templates(namespace, "1");
        new Idle("shop", "2").pod(namespace, "newest");

        Migration.apply(database, LESS, REST);
        awaitWaiting(migration, "cronjob nightly", "daemonset everywhere", "statefulset ordered");
        assertThat(migration.condition("Ready").status()).isEqualTo("True");

        namespace.kubectl("delete", "statefulset/ordered");
        awaitWaiting(migration, "cronjob nightly", "daemonset everywhere");
        namespace.apply(DAEMON_SET + template("2", "everywhere", "Always").indent(4));
        awaitWaiting(migration, "cronjob nightly");
        assertThat(database.sql("SELECT count(name) FROM pet"))
                .as("the column is there")
                .isEqualTo("0");

        namespace.apply(CRON_JOB + template("2", "nightly", "Never").indent(8));
        migration
                .await("the contract", it -> "2".equals(it.getStatus().revision()), SOON)
                .awaitReady();
        assertThat(migration.condition("Contracted").status()).isEqualTo("True");
        assertThat(migration.status().waitingFor()).isNull();
    }

    private static void templates(Namespace namespace, String revision) {
        namespace.apply(CRON_JOB + template(revision, "nightly", "Never").indent(8));
        namespace.apply(DAEMON_SET + template(revision, "everywhere", "Always").indent(4));
        namespace.apply(STATEFUL_SET + template(revision, "ordered", "Always").indent(4));
    }

    private static String template(String revision, String part, String restart) {
        return new Idle("shop", revision).template(part, restart) + "  nodeSelector: {lockstep.dev/nowhere: \"yes\"}\n";
    }

    private static void awaitWaiting(Migration migration, String... names) {
        var lines = List.of(names).stream()
                .map(it -> it + ": declares 1, contract needs 2")
                .toList();
        migration.await(
                lines.toString(),
                it -> it.getStatus().waitingFor() != null
                        && List.copyOf(it.getStatus().waitingFor()).stream()
                                .sorted()
                                .toList()
                                .equals(lines),
                SOON);
    }
}
