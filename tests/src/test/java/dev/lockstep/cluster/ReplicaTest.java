package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server with a replica that has more to do than it can.
@OnCluster
@Tag("nightly")
class ReplicaTest {
    private static final String FOLLOW = "export PGPASSWORD=superuser; pg_basebackup --host db --username postgres"
            + " --pgdata $PGDATA --write-recovery-conf && exec start";
    private static final String PET =
            "CREATE TABLE pet (id int PRIMARY KEY, age int);\nINSERT INTO pet SELECT i, 0 FROM generate_series(1, 20) i;\n";
    private static final String BATCH =
            "-- Batch: table=pet rows=1 pause=200ms\nUPDATE pet SET age = 1 WHERE ${batch};\n";

    private static void follower(Namespace namespace, String sql) {
        PostgresPod.run(namespace, "follower", "psql", "dbname=postgres user=postgres host=/tmp", "-qAtc", sql);
    }

    @Test
    void a_batch_waits_for_it_when_it_is_further_behind_than_the_resource_says(
            Installed installed, Namespace namespace) {
        var server = PostgresPod.start(namespace);
        server.run("bash", "-c", "echo 'host replication all all scram-sha-256' >> $PGDATA/pg_hba.conf");
        server.psql("postgres", "SELECT pg_reload_conf()");
        OddPod.start(namespace, "follower", FOLLOW);
        var database = server.fresh("followed");
        database.sql("GRANT pg_monitor TO followed_owner");
        Migration.apply(database, Map.of("V1__pet.sql", PET), Migration.NO_BACKUP)
                .awaitReady();

        follower(namespace, "SELECT pg_wal_replay_pause()");
        var scripts = Map.of("V1__pet.sql", PET, "V2__age.sql", BATCH);
        var migration = Migration.apply(database, scripts, Migration.NO_BACKUP, "batches: {maxReplicaLag: 1s}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> namespace
                        .tryKubectl("logs", "--selector=lockstep.dev/migration=followed", "--tail=-1")
                        .output()
                        .contains("a replica is"));
        migration.await(
                "the replica in its status",
                it -> Objects.requireNonNull(it.getStatus().conditions()).stream()
                        .anyMatch(told -> told.message().contains("its batch waits for a replica")),
                Duration.ofSeconds(60));
        assertThat(database.sql("SELECT count(*) < 20 FROM pet WHERE age = 1")).isEqualTo("t");

        follower(namespace, "SELECT pg_wal_replay_resume()");
        migration.awaitReady();
        assertThat(database.sql("SELECT count(*) FROM pet WHERE age = 1")).isEqualTo("20");
    }
}
