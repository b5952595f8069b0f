package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// An operator that is installed for some namespaces, and one that stands by for it.
@OnCluster
@Tag("nightly")
@Isolated("it takes the operator from all others")
class SomeNamespacesTest {
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");

    private final Cluster cluster;
    private final Installed installed;

    SomeNamespacesTest(Cluster cluster, Installed installed) {
        this.cluster = cluster;
        this.installed = installed;
    }

    @AfterEach
    void install_it_as_it_was() {
        installed.upgrade();
    }

    @Test
    void it_works_where_it_may_and_may_nothing_elsewhere(Namespace namespace) {
        installed.upgrade("watch.namespaces[0]=" + namespace.name(), "replicas=2");
        var database = PostgresPod.start(namespace).fresh("partly");

        Migration.apply(database, PET, Migration.NO_BACKUP).awaitReady();

        assertThat(installed.pods()).hasSize(2).allMatch(Readiness.getInstance()::isReady);
        assertThat(may("list", "schemamigrations.lockstep.dev", namespace.name()))
                .isEqualTo("yes");
        assertThat(may("create", "jobs.batch", namespace.name())).isEqualTo("yes");
        try (var other = Namespace.in(cluster)) {
            for (var what : new String[] {"schemamigrations.lockstep.dev", "jobs.batch", "configmaps", "pods"}) {
                assertThat(may("list", what, other.name())).as(what).isEqualTo("no");
                assertThat(may("create", what, other.name())).as(what).isEqualTo("no");
            }
        }
    }

    private String may(String verb, String what, String where) {
        var account = "--as=system:serviceaccount:%s:%s".formatted(installed.namespace(), installed.release());
        var said = cluster.tryKubectl("auth", "can-i", verb, what, "--namespace", where, account);
        return said.output().lines().reduce((_, last) -> last).orElse("");
    }
}
