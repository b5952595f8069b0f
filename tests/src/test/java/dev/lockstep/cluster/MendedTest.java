package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What nobody mends from a laptop.
@OnCluster
class MendedTest {
    @Test
    void an_edited_script_is_repaired_when_another_agrees(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("edited");
        var pet = "CREATE TABLE pet (name text);\n";
        var migration = Migration.apply(database, Map.of("V1__pet.sql", pet), Migration.NO_BACKUP)
                .awaitReady();
        Migration.apply(database, Map.of("V1__pet.sql", "-- a pet\n" + pet), Migration.NO_BACKUP);
        migration.awaitTrouble("ChecksumMismatch");

        migration.amend("repair # it was a comment");

        migration.awaitReady();
        assertThat(migration.status().amendment()).extracting("result").isEqualTo("Done");
    }
}
