package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A person has mended what the operator does not see, and says so.
@OnCluster
class AskedAgainTest {
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__share.sql", "CREATE TABLE share (n int); INSERT INTO share VALUES (0);\n",
            "V2__invert.sql", "UPDATE share SET n = 12 / n;\n");
    private static final Duration NOTED_MAX = Duration.ofSeconds(30);

    @Tag("nightly")
    @Test
    void an_annotation_asks_for_one_more_attempt(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("share");
        var migration = Migration.apply(database, SCRIPTS, Migration.NO_BACKUP);
        migration.awaitTrouble("StatementFailed");
        var generation = migration.read().getMetadata().getGeneration();

        database.sql("UPDATE share SET n = 3");
        annotate(migration, "the share is 3");

        migration.awaitReady();
        assertThat(database.sql("SELECT n FROM share")).isEqualTo("4");
        assertThat(migration.status().retried()).isEqualTo("the share is 3");
        assertThat(migration.read().getMetadata().getGeneration()).isEqualTo(generation);

        annotate(migration, "again");
        migration.await("a note", it -> "again".equals(it.getStatus().retried()), NOTED_MAX);
        assertThat(migration.runs()).as("nothing has failed").hasSize(2);
    }

    private static void annotate(Migration migration, String word) {
        migration
                .namespace()
                .kubectl("annotate", "--overwrite", "sm/" + migration.name(), "lockstep.dev/retry=" + word);
    }
}
