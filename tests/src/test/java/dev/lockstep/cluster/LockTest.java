package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/// Somebody holds the table that a script wants to change, while an app goes on with its work.
@OnCluster
@TestInstance(PER_CLASS)
@Isolated("no request of its load may be late")
class LockTest {
    private static final String ITEM = """
            CREATE TABLE item (id int PRIMARY KEY, n int NOT NULL);
            INSERT INTO item SELECT i, 0 FROM generate_series(1, %d) i;
            CREATE TABLE calm AS SELECT i AS id, 0 AS n FROM generate_series(1, 1000) i;
            """;
    private static final String NOTE = "ALTER TABLE item ADD COLUMN note text;\n";

    private final PostgresPod server;

    LockTest(PostgresPod server, Installed installed) {
        this.server = server;
    }

    @Test
    void a_reader_delays_the_script_and_the_app_does_not_notice() {
        var database = server.fresh("reader");
        var migration = apply(database, 1000).awaitReady();
        var load = Readers.begin(database, 16);
        var reader = database.begin("BEGIN; SELECT FROM item LIMIT 0; SELECT pg_sleep(10); SELECT clock_timestamp()"
                + " AT TIME ZONE 'UTC'; COMMIT");

        alter(database, 1000);
        migration.awaitReady();

        var landed = landed(migration);
        var freed = Instant.parse(lastLine(reader).replace(' ', 'T') + "Z");
        assertThat(Instant.parse(Objects.requireNonNull(landed.at())))
                .isAfter(freed)
                .isBefore(freed.plusSeconds(3));
        assertThat(landed.lockAttempts()).isGreaterThan(1);
        assertThat(migration.events("Blocked"))
                .singleElement()
                .asString()
                .contains("pid ", "application reader", "AccessShareLock on public.item");
        load.assertUndisturbed();
    }

    @Tag("nightly")
    @Test
    void a_slow_autovacuum_is_asked_to_leave_and_the_app_does_not_notice() {
        var database = server.fresh("vacuum");
        int rows = 200_000;
        var migration = apply(database, rows).awaitReady();
        database.sql("ALTER TABLE item SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,"
                + " autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0)");
        database.sql("UPDATE item SET n = n + 1");
        database.awaitTrue("SELECT count(*) > 0 FROM pg_stat_progress_vacuum WHERE relid = 'item'::regclass");
        var load = Readers.begin(database, 12);

        alter(database, rows);
        migration.awaitReady();

        assertThat(landed(migration).lockAttempts()).isGreaterThan(1);
        assertThat(migration.events("Blocked")).anySatisfy(it -> assertThat(it).contains("autovacuum of public.item"));
        load.assertUndisturbed();
    }

    private static Migration apply(PodDatabase database, int rows) {
        return Migration.apply(database, Map.of("V1__item.sql", ITEM.formatted(rows)), Migration.NO_BACKUP);
    }

    private static void alter(PodDatabase database, int rows) {
        var scripts = Map.of("V1__item.sql", ITEM.formatted(rows), "V2__note.sql", NOTE);
        Migration.apply(database, scripts, Migration.NO_BACKUP);
    }

    private static Status.Applied landed(Migration migration) {
        var applied = Objects.requireNonNullElse(migration.status().applied(), List.<Status.Applied>of());
        assertThat(applied).extracting(Status.Applied::revision).containsExactly("2", "1");
        return applied.getFirst();
    }

    private static String lastLine(CompletableFuture<String> output) {
        return output.join().lines().toList().getLast();
    }

    /// One who reads the table that is held, and one beside it who shows how busy the machine is anyway.
    private record Readers(PodDatabase database, CompletableFuture<Load> held, CompletableFuture<Load> calm) {
        private static final int LIMIT_MILLIS = 250;

        /// A request for the held table may be stalled by one attempt at most; the rest is the machine's.
        private static final int STALL_MILLIS = 100;

        static Readers begin(PodDatabase database, int seconds) {
            return new Readers(
                    database,
                    Load.begin(database, "item", LIMIT_MILLIS, seconds),
                    Load.begin(database, "calm", LIMIT_MILLIS - STALL_MILLIS - 50, seconds));
        }

        void assertUndisturbed() {
            assertThat(held.join().done()).isGreaterThan(900);
            assertThat(held.join().late())
                    .as("requests over 250 ms")
                    .isLessThanOrEqualTo(calm.join().late());
            assertThat(database.server().longWaits(database.name())).isEmpty();
        }
    }
}
