package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must not be, whoever tries.
@OnCluster
@TestInstance(PER_CLASS)
class ThreatsTest {
    private final Installed installed;
    private final PostgresPod server;
    private final Namespace namespace;

    ThreatsTest(Installed installed, PostgresPod server) {
        this.installed = installed;
        this.server = server;
        this.namespace = server.namespace();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list", "watch", "create"})
    void the_operator_may_not_read_a_secret(String verb) {
        var account = "system:serviceaccount:%s:%s".formatted(installed.namespace(), installed.release());
        var answer = namespace.tryKubectl("auth", "can-i", verb, "secrets", "--as=" + account);

        assertThat(answer.output()).contains("no");
        assertThat(answer.succeeded()).isFalse();
    }

    /// Runs that go well, with a backup, and one that the server refuses.
    @Test
    void a_password_is_in_nothing_that_others_may_read() {
        namespace.claim("backups");
        var database = server.fresh("canary");
        var one = Map.of("V1__a.sql", "CREATE TABLE a (n int);\n");
        var two = Map.of("V1__a.sql", "CREATE TABLE a (n int);\n", "V2__b.sql", "SELECT pg_sleep(2);\n");
        var saved = "backup: {claimName: backups}";
        Migration.apply(database, one, saved).awaitReady();
        var migration = Migration.apply(database, two, saved).awaitReady();
        database.sql("ALTER ROLE canary_owner PASSWORD 'another'");
        Migration.apply(database, two, saved, "historyTable: another").awaitTrouble("AuthenticationRefused");

        var kinds = "schemamigrations,jobs,pods,events,configmaps";
        assertThat(namespace.kubectl("get", kinds, "--output=yaml", "--show-managed-fields"))
                .contains("canary_owner")
                .doesNotContain(PodDatabase.PASSWORD);
        assertThat(migration.pods())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(log(it)).doesNotContain(PodDatabase.PASSWORD));
        assertThat(installed.pods())
                .allSatisfy(it -> assertThat(log(it)).contains("canary").doesNotContain(PodDatabase.PASSWORD));
    }

    private String log(Pod pod) {
        var metadata = pod.getMetadata();
        return installed.cluster().kubectl("logs", metadata.getName(), "--namespace", metadata.getNamespace());
    }

    @Test
    void a_run_has_no_token() {
        var migration = Migration.apply(
                        server.fresh("token"), Map.of("V1__a.sql", "CREATE TABLE a (n int);\n"), Migration.NO_BACKUP)
                .awaitReady();

        assertThat(migration.pods()).isNotEmpty().allSatisfy(it -> {
            assertThat(it.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(it.getSpec().getVolumes()).noneMatch(volume -> volume.getProjected() != null);
        });
    }

    @Test
    void the_policies_of_the_network_are_taken_by_the_api_server() {
        var settings =
                "networkPolicy.enabled=true,watch.namespaces={%s},networkPolicy.apiServerAddresses={10.96.0.1/32}"
                        .formatted(namespace.name());
        var rendered = installed
                .cluster()
                .helm(("template other charts/lockstep --show-only templates/networkpolicy.yaml --kube-version 1.30.0"
                                + " --namespace " + namespace.name() + " --set " + settings)
                        .split(" "));
        namespace.apply(rendered);

        var policies = namespace
                .client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace.name())
                .list()
                .getItems();
        assertThat(policies.stream()
                        .collect(Collectors.toMap(
                                it -> it.getMetadata().getName(),
                                it -> it.getSpec().getPolicyTypes().size())))
                .isEqualTo(Map.of("other-lockstep", 2, "other-lockstep-runs", 2));
    }
}
