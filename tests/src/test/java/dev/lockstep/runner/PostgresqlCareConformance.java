package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/// What a run is careful about on PostgreSQL: old transactions and replicas.
abstract class PostgresqlCareConformance extends PostgresqlBatchConformance {
    private static final String INDEX = "create index concurrently by_total on orders (total);";

    /// Takes no snapshot, which a query would keep until the next one.
    private static final String IDLE = "set local work_mem = '1MB'";

    private Terminal.Result upgradeBesideNone() {
        return terminal.upgrade("--backup=never", "--max-transaction-age=1s", "--lock-budget=5s");
    }

    @Test
    void nothing_is_built_concurrently_beside_an_old_transaction() throws Exception {
        withTable();
        terminal.script("V2__index.sql", INDEX);
        try (var old = database().connect()) {
            hold(old, "update orders set total = total");
            Thread.sleep(1500);

            var result = CompletableFuture.supplyAsync(this::upgradeBesideNone)
                    .orTimeout(1, TimeUnit.MINUTES) // what it is kept from would wait for ever
                    .join();

            fails(result, Code.Preflight, "postgresql://");
            assertThat(result.err()).contains("began more than 1 s ago: pid ", "user " + owner());
            assertThat(database().ask("select count(*) from lockstep_schema where version = '2'"))
                    .isEqualTo("0");
        }
        succeeds(upgradeBesideNone());
    }

    @Test
    void a_transaction_that_keeps_nobody_waiting_is_let_be() throws Exception {
        withTable();
        terminal.script("V2__index.sql", INDEX);
        try (var idle = database().connect()) {
            hold(idle, IDLE);
            Thread.sleep(1500);

            succeeds(upgradeBesideNone());
        }
    }

    @Test
    void what_this_role_cannot_see_is_told() throws Exception {
        withTable();
        terminal.script("V2__index.sql", INDEX);
        var place = (Bed.Postgresql) database();
        try (var other = place.server().superuser(place.database())) {
            hold(other, IDLE);

            var result = upgradeBesideNone();

            succeeds(result);
            assertThat(result.err()).containsPattern("[1-9]\\d* other sessions").contains("GRANT pg_read_all_stats");
        }
    }

    /// Replays nothing until it is told.
    private PGReplicationStream replica(Connection connection) throws SQLException {
        var here = LogSequenceNumber.valueOf(database().ask("select pg_current_wal_flush_lsn()"));
        var stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withStartPosition(here)
                .start();
        replayed(stream, here);
        return stream;
    }

    private static void replayed(PGReplicationStream stream, LogSequenceNumber until) throws SQLException {
        stream.setFlushedLSN(until);
        stream.setAppliedLSN(until);
        stream.forceUpdateStatus();
    }

    private CompletableFuture<Terminal.Result> slowBatch(Stop stop) {
        terminal.script("V2__more.sql", """
                -- Batch: table=orders rows=100 pause=150ms
                update orders set total = total + 1 where ${batch};
                """);
        return CompletableFuture.supplyAsync(() -> terminal.upgrade(stop, "--backup=never", "--max-replica-lag=1s"));
    }

    /// How many rows are done when no more are for a second and a half.
    private String standstill(String after) throws SQLException, InterruptedException {
        var before = after;
        var now = database().ask(DONE);
        for (int i = 0; i < 20 && (now.equals(after) || !now.equals(before)); i++) {
            Thread.sleep(1500);
            before = now;
            now = database().ask(DONE);
        }
        return now;
    }

    @Tag("lengthy")
    @Test
    void a_batch_waits_for_a_replica_that_is_behind() throws Exception {
        manyRows("id integer primary key, total integer");
        asSuperuser("grant pg_monitor to " + owner());
        var place = (Bed.Postgresql) database();
        try (var connection = place.server().replication();
                var stream = replica(connection)) {
            var run = slowBatch(new Stop());
            var first = standstill("0");
            replayed(stream, LogSequenceNumber.valueOf(database().ask("select pg_current_wal_flush_lsn()")));
            var second = standstill(first);
            assertThat(List.of(first, second)).doesNotContain("5000");
            replayed(stream, LogSequenceNumber.valueOf(Long.MAX_VALUE));

            var result = run.join();

            succeeds(result);
            assertThat(result.out()).containsPattern("waiting: a replica is \\d+ s behind");
            assertThat(database().ask(DONE)).isEqualTo("5000");
        }
    }

    @Test
    void a_stop_is_heard_while_a_replica_is_waited_for() throws Exception {
        manyRows("id integer primary key, total integer");
        asSuperuser("grant pg_monitor to " + owner());
        var place = (Bed.Postgresql) database();
        try (var connection = place.server().replication();
                var stream = replica(connection)) {
            var stop = new Stop();
            var run = slowBatch(stop);
            var done = standstill("0");

            stop.ask(Code.Terminated);

            fails(run.get(30, TimeUnit.SECONDS), Code.Terminated, "");
            assertThat(database().ask(DONE)).isEqualTo(done);
            assertThat(stream.isClosed()).isFalse();
        }
    }

    @Tag("lengthy")
    @Test
    void a_lag_that_cannot_be_seen_is_not_taken_for_none() throws Exception {
        manyRows("id integer primary key, total integer");
        var place = (Bed.Postgresql) database();
        try (var connection = place.server().replication();
                var stream = replica(connection)) {
            assertThat(stream.isClosed()).isFalse();
            var result = slowBatch(new Stop()).join();

            succeeds(result);
            assertThat(result.err())
                    .containsOnlyOnce("cannot be seen by this role")
                    .contains("GRANT pg_monitor");
        }
    }
}
