package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a resource says of its batches, and of a run that fails.
@OnCluster
@TestInstance(PER_CLASS)
class BoundsTest {
    private static final Map<String, String> FIRST = Map.of(
            "V1__pet.sql",
            "CREATE TABLE pet (id int PRIMARY KEY, age int, at timestamptz);\n"
                    + "INSERT INTO pet SELECT i, 0 FROM generate_series(1, 20) i;\n");

    private final PostgresPod server;

    BoundsTest(Installed installed, PostgresPod server) {
        this.server = server;
    }

    private static Map<String, String> and(Map<String, String> more) {
        var all = new TreeMap<>(FIRST);
        all.putAll(more);
        return all;
    }

    @Test
    void a_batch_takes_no_more_rows_at_once_than_the_resource_allows() {
        var database = server.fresh("bites");
        Migration.apply(database, FIRST, Migration.NO_BACKUP).awaitReady();
        var batch = Map.of("V2__age.sql", "-- Batch: table=pet\nUPDATE pet SET age = 1 WHERE ${batch};\n");

        Migration.apply(database, and(batch), Migration.NO_BACKUP, "batches: {rows: 5}")
                .awaitReady();

        assertThat(database.sql("SELECT count(*) FROM pet WHERE age = 1")).isEqualTo("20");
        assertThat(database.sql("SELECT count(DISTINCT xmin::text) FROM pet"))
                .as("transactions that wrote them")
                .isEqualTo("4");
    }

    @Test
    void a_batch_rests_between_two_bites_for_as_long_as_the_resource_says() {
        var database = server.fresh("rests");
        Migration.apply(database, FIRST, Migration.NO_BACKUP).awaitReady();
        var batch =
                Map.of("V2__at.sql", "-- Batch: table=pet\nUPDATE pet SET at = clock_timestamp() WHERE ${batch};\n");

        Migration.apply(database, and(batch), Migration.NO_BACKUP, "batches: {rows: 5, pause: 700ms}")
                .awaitReady();

        assertThat(
                        database.sql(
                                "SELECT count(rest), min(rest) >= interval '700 ms' FROM"
                                        + " (SELECT min(at) - lag(max(at)) OVER (ORDER BY min(at)) AS rest FROM pet GROUP BY xmin::text)"))
                .isEqualTo("3|t");
    }

    @Test
    void how_far_a_batch_is_stands_in_the_status_while_it_walks() {
        var database = server.fresh("walking");
        var migration = Migration.apply(database, FIRST, Migration.NO_BACKUP).awaitReady();
        var batch =
                Map.of("V2__age.sql", "-- Batch: table=pet rows=1 pause=1s\nUPDATE pet SET age = 1 WHERE ${batch};\n");

        Migration.apply(database, and(batch), Migration.NO_BACKUP);
        migration.await("progress", BoundsTest::isMidway, Duration.ofMinutes(1));
        migration.awaitReady();

        assertThat(migration.status().run()).extracting(Status.Run::progress).isNull();
    }

    private static boolean isMidway(SchemaMigration resource) {
        return Optional.ofNullable(resource.getStatus().run())
                .map(Status.Run::progress)
                .map(Status.Progress::rows)
                .filter(rows -> rows > 0 && rows < 20)
                .isPresent();
    }

    @Test
    void a_run_that_fails_takes_back_what_it_has_applied_where_the_resource_says_so() {
        var database = server.fresh("back");
        var migration = Migration.apply(database, FIRST, Migration.NO_BACKUP).awaitReady();
        var wrong = Map.of(
                "V2__owner.sql", "CREATE TABLE owner (name text);\n",
                "U2__owner.sql", "DROP TABLE owner;\n",
                "V3__wrong.sql", "SELECT 1 FROM nowhere;\n");

        Migration.apply(database, and(wrong), Migration.NO_BACKUP, "onFailure: Downgrade");
        var ready = migration.awaitTrouble("StatementFailed");

        assertThat(ready.message()).contains("V3__wrong.sql:1");
        assertThat(migration.status().revision()).isEqualTo("1");
        assertThat(database.sql("SELECT to_regclass('owner') IS NULL")).isEqualTo("t");
    }
}
