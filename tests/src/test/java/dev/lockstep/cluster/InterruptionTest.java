package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Whatever is taken away in the middle of a run: it comes to its end, and what a script does to the rows has been
/// done once.
@OnCluster
@TestInstance(PER_CLASS)
class InterruptionTest {
    private static final String COUNTER = "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);\n";
    private static final String COUNT = "UPDATE counter SET n = n + 1;\n";

    /// The first run of an empty database ends with a DELETE from `lockstep_schema`, after the last script's commit.
    private static final String SLOW_END = """
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(6); RETURN OLD; END $$;
            CREATE TRIGGER slow BEFORE DELETE ON lockstep_schema FOR EACH ROW EXECUTE FUNCTION slow();
            """;

    private static final String ROWS =
            "SELECT string_agg(version, ' ' ORDER BY installed_rank) FROM flyway_schema_history WHERE success";

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private final PostgresPod server;

    InterruptionTest(PostgresPod server, Installed installed) {
        this.server = server;
    }

    @Test
    @Befalls(Mishap.RunTakenAway)
    void a_run_whose_pod_is_deleted_in_the_middle_of_a_statement_is_begun_again() {
        var database = server.fresh("statement");
        var migration = migrate(database, COUNT + "SELECT pg_sleep(6);\n");
        database.awaitSleeper();

        delete(migration, 60);

        assertLandedAtTheSecondTry(migration, database);
        assertThat(migration.events("Failed")).singleElement().asString().contains("Terminated");
    }

    @Tag("nightly")
    @Test
    void a_run_whose_pod_is_killed_in_the_middle_of_a_statement_is_begun_again() {
        var database = server.fresh("force");
        var migration = migrate(database, COUNT + "SELECT pg_sleep(6);\n");
        database.awaitSleeper();

        delete(migration, 0);

        assertLandedAtTheSecondTry(migration, database);
    }

    @Tag("nightly")
    @Test
    void a_run_that_is_killed_after_a_commit_does_not_repeat_what_was_committed() {
        var database = server.fresh("committed");
        var migration = Migration.apply(
                database,
                Map.of("V1__counter.sql", COUNTER, "V2__count.sql", COUNT, "V3__wait.sql", "SELECT pg_sleep(6);\n"),
                Migration.NO_BACKUP);
        database.awaitSleeper();
        assertThat(database.sql(ROWS)).isEqualTo("1 2");

        delete(migration, 0);

        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        assertThat(database.sql(ROWS)).isEqualTo("1 2 3");
        migration.assertRuns(2);
    }

    @Test
    @Befalls(Mishap.NoReport)
    void a_run_that_is_killed_after_its_last_commit_reports_what_it_finds_done() {
        var database = server.fresh("unreported");
        var migration = Migration.apply(
                database, Map.of("V1__counter.sql", COUNTER, "V2__count.sql", COUNT + SLOW_END), Migration.NO_BACKUP);
        database.awaitSleeper();
        assertThat(database.sql(ROWS)).isEqualTo("1 2");

        delete(migration, 0);

        assertLandedAtTheSecondTry(migration, database);
        assertThat(migration.status().revision()).isEqualTo("2");
    }

    @Test
    @Befalls(Mishap.RunTakenAway)
    void a_run_whose_pod_is_deleted_while_it_saves_has_changed_nothing_and_saves_again() {
        var database = server.fresh("saving");
        server.namespace().claim("backups");
        var backup = "backup: {claimName: backups}";
        var migration = Migration.apply(database, Map.of("V1__counter.sql", COUNTER), backup)
                .awaitReady();
        // A catalog that pg_dump reads and nobody else does: a table is what the run itself would wait for before, and
        // a
        // catalog that the server caches is read by each new session while its file of that cache is being written
        // anew.
        var inTheWay = database.begin("BEGIN; LOCK TABLE pg_seclabel IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60)");
        database.awaitTrue("SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'");

        Migration.apply(database, Map.of("V1__counter.sql", COUNTER, "V2__count.sql", COUNT), backup);
        database.awaitTrue("SELECT count(*) = 1 FROM pg_stat_activity WHERE application_name = 'lockstep/backup'"
                + " AND wait_event_type = 'Lock'");
        var run = delete(migration, 60);
        database.awaitTrue("SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'lockstep/" + run + "'");
        assertThat(inTheWay)
                .as("the run ends when told to, not when pg_dump can")
                .isNotDone();
        database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");

        migration.awaitReady();
        assertThat(inTheWay).isCompletedExceptionally();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        assertThat(migration.status().backup()).isNotNull();
        migration.assertRuns(3);
    }

    private static Migration migrate(PodDatabase database, String second) {
        return Migration.apply(
                database, Map.of("V1__counter.sql", COUNTER, "V2__count.sql", second), Migration.NO_BACKUP);
    }

    private static void assertLandedAtTheSecondTry(Migration migration, PodDatabase database) {
        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM counter")).isEqualTo("1");
        assertThat(database.sql(ROWS)).isEqualTo("1 2");
        migration.assertRuns(2);
    }

    /// @param grace seconds that the container has for an end of its own; none is SIGKILL
    /// @return the run's name
    private static String delete(Migration migration, long grace) {
        var client = migration.namespace().client();
        var alive = migration.pods().stream().filter(InterruptionTest::isAlive).toList();
        assertThat(alive).hasSize(1);
        client.resource(alive.getFirst()).withGracePeriod(grace).delete();
        return alive.getFirst().getMetadata().getLabels().getOrDefault("job-name", "");
    }

    /// Not "Running": the kubelet tells so up to a second and more after the script has begun.
    private static boolean isAlive(Pod pod) {
        return !FINISHED.contains(pod.getStatus().getPhase());
    }
}
