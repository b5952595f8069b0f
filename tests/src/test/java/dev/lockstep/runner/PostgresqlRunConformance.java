package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a run leaves on a PostgreSQL session and in a database, however its scripts treat both.
abstract class PostgresqlRunConformance extends Conformance {
    void withTable() {
        terminal.script("V1__init.sql", INIT);
        succeeds(terminal.upgrade());
    }

    static void hold(Connection reader, String sql) throws SQLException {
        reader.setAutoCommit(false);
        try (var statement = reader.createStatement()) {
            statement.execute(sql);
        }
    }

    static void commit(Connection reader) {
        try {
            reader.commit();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /// An upgrade beside a reader that holds `orders` for a second and a half.
    private Terminal.Result upgradeBesideAReader() throws SQLException {
        try (var reader = database().connect()) {
            hold(reader, "select * from orders");
            var release = CompletableFuture.runAsync(
                    () -> commit(reader), CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
            var result = terminal.upgrade("--backup=never");
            release.join();
            return result;
        }
    }

    /// Comes back when an autovacuum of `orders` is at work that will take minutes.
    void startVacuum() throws SQLException, InterruptedException {
        database()
                .execute(
                        "alter table orders set (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,"
                                + " autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)",
                        "insert into orders select g, g from generate_series(2, 200000) g",
                        "delete from orders where id > 1 and id % 2 = 0");
        var place = (Bed.Postgresql) database();
        try (var superuser = place.server().superuser(place.database())) {
            for (int i = 0; i < 600 && !isCleaning(superuser); i++) {
                Thread.sleep(100);
            }
        }
    }

    /// Which table is cleaned is shown to none but a superuser.
    private static boolean isCleaning(Connection superuser) throws SQLException {
        try (var statement = superuser.createStatement();
                var row =
                        statement.executeQuery("select from pg_stat_progress_vacuum where datname = current_database()"
                                + " and relid = 'orders'::regclass")) {
            return row.next();
        }
    }

    /// Or it would take a worker from the next that waits for one.
    @AfterEach
    void endVacuum() throws SQLException {
        database().execute("drop table if exists orders cascade");
    }

    @Tag("nightly")
    @Tag("lengthy")
    @Test
    void a_statement_outside_a_transaction_displaces_an_autovacuum_too() throws SQLException, InterruptedException {
        withTable();
        terminal.script("V2__more.sql", "-- Transaction: none\nalter table orders add column note text;");
        startVacuum();

        var result = terminal.upgrade("--backup=never", "--lock-budget=20s");

        succeeds(result);
        assertThat(result.out()).contains("autovacuum of public.orders");
    }

    @Test
    void a_stop_is_heard_between_two_statements_too() throws SQLException {
        withTable();
        var script = new StringBuilder("update orders set total = total + 1;\n");
        for (int i = 0; i < 20_000; i++) {
            script.append("select ").append(i).append(";\n");
        }
        terminal.script("V2__long.sql", script.append("select pg_sleep(60);").toString());
        var stop = new Stop();
        CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(() -> stop.ask(Code.Terminated));
        long begun = System.nanoTime();

        fails(terminal.upgrade(stop, "--backup=never"), Code.Terminated, "");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(database().ask("select total from orders")).isEqualTo("10");
    }

    @Test
    void a_second_attempt_begins_where_the_first_did() throws SQLException {
        withTable();
        terminal.script("V2__path.sql", "create schema other; set search_path = other;")
                .script("V3__more.sql", "alter table orders add column note text; create table made (id integer);");

        succeeds(upgradeBesideAReader());

        assertThat(database().ask("select schemaname from pg_tables where tablename = 'made'"))
                .isEqualTo("public");
    }

    @Test
    void a_script_may_take_another_role() throws SQLException {
        withTable();
        var role = ((Bed.Postgresql) database()).database().name() + "_role";
        try (var superuser = ((Bed.Postgresql) database()).server().superuser();
                var statement = superuser.createStatement()) {
            statement.execute("create role " + role);
            statement.execute("grant " + role + " to "
                    + ((Bed.Postgresql) database()).database().owner().user());
        }
        terminal.script("V2__role.sql", "set role " + role + "; select 1;")
                .script("V3__more.sql", "alter table orders add column note text;");

        succeeds(terminal.upgrade());
    }

    @Test
    void a_script_that_commits_midway_is_not_begun_again() throws SQLException {
        withTable();
        terminal.script("V2__commits.sql", """
                update orders set total = total + 1;
                commit;
                alter table orders add column note text;
                """);

        upgradeBesideAReader();

        assertThat(database().ask("select total from orders")).isEqualTo("11");
    }

    @Test
    void a_concurrent_index_that_met_duplicates_is_built_once_they_are_gone() throws SQLException {
        withTable();
        database().execute("insert into orders values (2, 10)");
        terminal.script("V2__index.sql", "create unique index concurrently by_total on orders (total);");
        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__index.sql:1: ");
        database().execute("delete from orders where id = 2");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask("select indisvalid from pg_index where indexrelid = 'by_total'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void an_index_whose_builder_died_before_recording_it_is_recorded() throws SQLException {
        withTable();
        database().execute("create index by_total on orders (total)", started("2"));
        terminal.script("V2__index.sql", "create index concurrently by_total on orders (total);");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("t");
    }
}
