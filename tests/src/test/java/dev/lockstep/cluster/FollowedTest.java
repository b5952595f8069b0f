package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kubectl lockstep status -w` tells how far a batch is while it is at work, and ends with it.
@OnCluster
@Tag("nightly")
class FollowedTest {
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__many.sql",
            "CREATE TABLE many (id int PRIMARY KEY, n int);\nINSERT INTO many (id) SELECT generate_series(1, 40);\nANALYZE many;\n",
            "V2__fill.sql",
            "-- Batch: table=many rows=1 pause=250ms\nUPDATE many SET n = id WHERE ${batch} AND n IS NULL;\n");

    @Test
    void how_far_a_batch_is_is_told_until_it_is_done(Installed installed, PostgresPod server, @TempDir Path folder) {
        Person.roles(server.namespace());
        Migration.apply(server.fresh("many"), SCRIPTS, Migration.NO_BACKUP)
                .await("a run", it -> it.getStatus().run() != null, Migration.SETTLED_MAX);

        var told = Person.with(server.namespace(), folder, "viewer")
                .run("status", "many", "-w")
                .as(0)
                .out()
                .lines()
                .toList();

        assertThat(told)
                .as("%s", told)
                .anySatisfy(it ->
                        assertThat(it).containsPattern("step 2/2 \\[█+░+] [1-9][0-9]? % [0-9]+ of about 40 rows"));
        assertThat(told.getLast()).contains("Ready=True Settled, revision 2 -> 2");
    }
}
