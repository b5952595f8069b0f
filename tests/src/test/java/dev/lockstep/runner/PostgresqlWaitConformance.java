package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import dev.lockstep.server.Pause;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Somebody holds what a verb needs for itself: Flyway's table, `lockstep_schema`.
abstract class PostgresqlWaitConformance extends PostgresqlRestoreConformance {
    private static final String HISTORY = "flyway_schema_history";

    private Connection holding(String table) throws SQLException {
        var holder = database().connect();
        hold(holder, "lock table " + table);
        return holder;
    }

    private void pending() {
        withTable();
        terminal.script("V2__more.sql", "alter table orders add column note text;");
    }

    private static long pid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Tag("lengthy")
    @Test
    void a_history_that_somebody_locked_is_waited_for_as_long_as_the_budget_says() throws SQLException {
        pending();
        try (var holder = holding(HISTORY)) {
            for (var verb : List.<Supplier<Terminal.Result>>of(
                    () -> terminal.upgrade("--backup=never", "--lock-budget=3s"),
                    () -> terminal.show("stamp", "2", "--lock-budget=3s"))) {
                long begun = System.nanoTime();
                var result = verb.get();
                fails(result, Code.LockBudgetExceeded, "postgresql://");
                assertThat(result.err()).contains("pid " + pid(holder));
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(10));
            }
        }

        succeeds(terminal.upgrade("--backup=never"));
    }

    @Test
    void a_history_that_is_let_go_in_time_is_gone_on_with() throws Exception {
        pending();
        try (var holder = holding(HISTORY)) {
            var result = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
            awaitWaiting();
            Thread.sleep(2500); // longer than one statement waits
            holder.rollback();

            succeeds(result.join());
        }
    }

    private void awaitWaiting() throws SQLException {
        var sql =
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
        for (int i = 0; i < 200 && database().ask(sql).equals("0"); i++) {
            Pause.briefly();
        }
    }

    @Test
    void a_stop_is_heard_while_the_history_is_locked() throws SQLException {
        pending();
        try (var holder = holding(HISTORY)) {
            assertThat(holder.isClosed()).isFalse();
            var stop = new Stop();
            var arguments = new ArrayList<>(List.of("stamp", "2", "--migrations=" + terminal.migrations()));
            arguments.addAll(database().owner());
            var result = CompletableFuture.supplyAsync(() -> Terminal.type(stop, arguments));
            awaitWaiting();

            stop.ask(Code.Terminated);

            fails(result.join(), Code.Terminated, "");
        }
    }

    @Tag("lengthy")
    @Test
    void who_only_reads_says_why_there_is_no_answer() throws SQLException {
        pending();
        try (var holder = holding(HISTORY)) {
            assertThat(holder.isClosed()).isFalse();
            fails(terminal.show("current"), Code.LockBudgetExceeded, "postgresql://");
        }
    }

    @Tag("lengthy")
    @Test
    void the_gate_says_why_it_waits_and_keeps_its_time_limit() throws SQLException {
        pending();
        try (var holder = holding("lockstep_schema")) {
            assertThat(holder.isClosed()).isFalse();
            long begun = System.nanoTime();
            var result = terminal.await("1", "1ms");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
            fails(result, Code.Behind, "postgresql://");
            assertThat(result.out()).contains("waiting: LockBudgetExceeded");
        }
        succeeds(terminal.await("1", "1ms"));
    }

    @Tag("lengthy")
    @Test
    void a_long_transaction_is_waited_for_and_not_met_again_and_again() throws SQLException {
        pending();
        try (var reader = database().connect()) {
            hold(reader, "select * from orders");
            CompletableFuture.delayedExecutor(4, TimeUnit.SECONDS).execute(() -> commit(reader));

            var result = terminal.upgrade("--backup=never");

            succeeds(result);
            assertThat(result.out()).containsPattern("\\(expand, [234] attempts\\)");
        }
    }

    @Tag("lengthy")
    @Test
    void who_a_concurrent_build_waits_for_is_told_meanwhile() throws SQLException {
        withTable();
        terminal.script("V2__index.sql", "create index concurrently by_total on orders (total);");
        try (var writer = database().connect()) {
            long pid = pid(writer);
            hold(writer, "update orders set total = total");
            CompletableFuture.delayedExecutor(8, TimeUnit.SECONDS).execute(() -> commit(writer));

            var result = terminal.upgrade("--backup=never", "--output=json");

            succeeds(result);
            assertThat(result.err())
                    .containsPattern("waiting for 3 s; in the way: pid " + pid + ", user \\w+, application ")
                    .containsPattern("waiting for 6 s; in the way: pid " + pid)
                    .doesNotContainPattern("waiting for [0-2] s");
            assertThat(result.out()).containsPattern("\"blockers\":\\[\"pid " + pid + ",[^]\"]*\"]");
        }
    }

    /// The session that waits first asks first, after a second, whether it waits for itself.
    @Test
    void a_script_that_is_rolled_back_for_a_deadlock_is_begun_again() throws Exception {
        terminal.script(
                "V1__init.sql",
                INIT + "create table parts (id integer primary key, stock integer);"
                        + "insert into parts values (1, 5);");
        succeeds(terminal.upgrade("--backup=never"));
        terminal.script("V2__both.sql", """
                -- Lock-timeout: 20s
                update orders set total = total + 1;
                update parts set stock = stock + 1;
                """);
        try (var other = database().connect()) {
            hold(other, "update parts set stock = stock + 10");
            var result = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
            awaitWaiting();
            hold(other, "update orders set total = total + 10"); // comes back once the script's session has lost
            other.commit();

            succeeds(result.join());
            assertThat(result.join().out()).contains("(expand, 2 attempts)");
        }
        assertThat(database().ask("select total from orders")).isEqualTo("21");
        assertThat(database().ask("select stock from parts")).isEqualTo("16");
        var deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
        for (int i = 0; i < 200 && database().ask(deadlocks).equals("0"); i++) {
            Pause.briefly();
        }
        assertThat(database().ask(deadlocks)).isEqualTo("1");
    }

    @Test
    @Tag("nightly") // to use up a hundred thousand transaction ids takes its time
    void an_autovacuum_that_gives_way_to_nobody_is_told_from_others() throws SQLException, InterruptedException {
        withTable();
        database()
                .execute(
                        "alter table orders set (autovacuum_freeze_max_age = 100000)",
                        "create procedure grow_old() language plpgsql as $$ begin"
                                + " for i in 1..101000 loop perform txid_current(); commit; end loop; end $$",
                        "call grow_old()",
                        "drop procedure grow_old()");
        startVacuum();
        terminal.script("V2__more.sql", "alter table orders add column note text;");

        var result = terminal.upgrade("--backup=never", "--lock-budget=3s");

        fails(result, Code.LockBudgetExceeded, "V2__more.sql:1: ");
        assertThat(result.err()).contains("autovacuum of public.orders against wraparound");
    }
}
