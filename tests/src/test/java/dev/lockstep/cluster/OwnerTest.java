package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two resources on one database.
@OnCluster
class OwnerTest {
    private static final String SCRIPTS = Migration.inline(Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n"));
    private static final String MORE = Migration.inline(Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n"));

    @Test
    void a_second_resource_is_told_whose_the_database_is_and_may_take_it_over(
            Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("shared");
        var first = Migration.apply(namespace, "first", database.member(), SCRIPTS, Migration.NO_BACKUP)
                .awaitReady();
        var second = Migration.apply(namespace, "second", database.member(), MORE, Migration.NO_BACKUP);
        assertThat(second.awaitTrouble("TargetConflict").message()).contains(namespace.name() + "/first");

        namespace.kubectl("annotate", "sm/second", "lockstep.dev/take-over=we moved");

        second.awaitReady();
        assertThat(second.status().tookOver()).isEqualTo("we moved");
        assertThat(second.status().revision()).isEqualTo("2");
        Migration.apply(namespace, "first", database.member(), MORE, Migration.NO_BACKUP);
        assertThat(first.awaitTrouble("TargetConflict").message()).contains(namespace.name() + "/second");
    }
}
