package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// What nobody has told the scripts of.
@OnCluster
@Order(1)
class DriftedTest {
    private static final String CHECKED = "driftCheck: {interval: 1m}";

    private static void awaitDrifted(Migration migration, String answer) {
        migration.await("Drifted=" + answer, it -> Migration.is(it, "Drifted", answer), Duration.ofMinutes(3));
    }

    @Test
    void an_index_that_somebody_has_made_is_told_and_may_be_accepted(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("drifted");
        var migration = Migration.apply(
                        database, Map.of("V1__pet.sql", "CREATE TABLE pet (name text);"), Migration.NO_BACKUP, CHECKED)
                .awaitReady();
        database.sql("CREATE INDEX by_hand ON pet (name)");

        awaitDrifted(migration, "True");

        assertThat(migration.status().drift())
                .extracting("message")
                .asString()
                .contains("1 object differs", "+ index public.by_hand");
        migration.awaitReady();
        migration.amend("accept");
        awaitDrifted(migration, "False");
    }
}
