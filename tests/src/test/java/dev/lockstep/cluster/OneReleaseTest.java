package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Secret, SchemaMigration and Deployment come in one apply or one release, in whatever order: nobody waits for ever.
@OnCluster
@TestInstance(PER_CLASS)
@Order(4)
class OneReleaseTest {
    private static final String PET = "CREATE TABLE pet (name text);";

    private final PostgresPod server;
    private final Namespace namespace;

    @TempDir
    private Path scratch;

    OneReleaseTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    void one_apply_has_any_order() throws IOException {
        var orders = List.of("smd", "sdm", "msd", "mds", "dsm", "dms");

        for (var order : orders) {
            var database = server.fresh(order);
            namespace.kubectl("delete", "secret", database.secret());
            var manifests = order.chars()
                    .mapToObj(it -> chart(database, PET).manifest((char) it))
                    .toList();
            var file = Files.writeString(scratch.resolve(order + ".yaml"), String.join("---\n", manifests));
            namespace.kubectl("apply", "--filename", file.toString());
        }

        for (var order : orders) {
            namespace.kubectl("wait", "--for=condition=Ready", "sm/" + order, "--timeout=90s");
            namespace.kubectl("rollout", "status", "deployment/" + order, "--timeout=90s");
        }
    }

    @Test
    void helm_waits_for_pods_that_wait_for_the_migration_of_the_same_release() throws IOException {
        var database = server.fresh("helmed");
        namespace.kubectl("delete", "secret", database.secret());

        assertThat(chart(database, PET)
                        .helm("install", scratch, "--wait", "--timeout", "90s")
                        .succeeded())
                .isTrue();

        assertThat(new Migration(namespace, "helmed").status().revision()).isEqualTo("1");
    }

    /// The resource goes in the middle of its run, whose Job goes with it; what the run had not committed is not there.
    @Test
    void an_atomic_install_that_times_out_leaves_a_database_that_the_next_one_finishes() throws IOException {
        var database = server.fresh("atomic");
        namespace.kubectl("delete", "secret", database.secret());
        var slow = PET + " SELECT pg_sleep(25);";

        var first = chart(database, slow).helm("install", scratch, "--atomic", "--timeout", "15s");

        assertThat(first.succeeded()).isFalse();
        assertThat(namespace.kubectl("get", "sm", "--output=name")).doesNotContain("atomic");
        Awaitility.await("the run to be over")
                .atMost(Duration.ofSeconds(60))
                .until(() -> database.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'lockstep/%'")
                        .equals("0"));
        assertThat(database.sql("SELECT to_regclass('pet') IS NULL")).isEqualTo("t");

        assertThat(chart(database, PET)
                        .helm("install", scratch, "--atomic", "--wait", "--timeout", "90s")
                        .succeeded())
                .isTrue();
        assertThat(database.sql("SELECT count(*) FROM flyway_schema_history WHERE version = '1'"))
                .isEqualTo("1");
    }

    private static AppChart chart(PodDatabase database, String script) {
        return new AppChart(database, Map.of("V1__pet.sql", script), "1");
    }
}
