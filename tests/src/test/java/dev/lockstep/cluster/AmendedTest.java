package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A history that does not say what is so: one person asks for another one, a second agrees, and no script is run.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
class AmendedTest {
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n");

    private final PostgresPod server;

    AmendedTest(Installed installed, PostgresPod server) {
        this.server = server;
    }

    @Test
    void a_database_that_others_made_gets_a_history() {
        var database = server.fresh("made");
        database.sql("CREATE TABLE pet (name text); ALTER TABLE pet OWNER TO made_owner");
        var migration = Migration.apply(database, SCRIPTS, Migration.NO_BACKUP);
        migration.awaitTrouble("NeedsBaseline");

        migration.amend("baseline 1");

        migration.awaitReady();
        assertThat(scripts(database)).isEqualTo("<< Flyway Baseline >> V2__age.sql");
    }

    @Test
    void what_somebody_has_done_by_hand_counts_as_done() {
        var database = server.fresh("stamped");
        var migration = Migration.apply(
                        database, Map.of("V1__pet.sql", SCRIPTS.getOrDefault("V1__pet.sql", "")), Migration.NO_BACKUP)
                .awaitReady();
        database.sql("ALTER TABLE pet ADD COLUMN age int");
        Migration.apply(database, SCRIPTS, Migration.NO_BACKUP);
        migration.awaitTrouble("StatementFailed");

        migration.amend("stamp 2");

        migration.awaitReady();
        assertThat(migration.status().revision()).isEqualTo("2");
        assertThat(database.sql("SELECT count(age) FROM pet")).isEqualTo("0");
    }

    private static String scripts(PodDatabase database) {
        return database.sql("SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM flyway_schema_history");
    }
}
