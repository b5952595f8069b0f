package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What only PostgreSQL has: other sessions' locks, roles, indexes that may be INVALID.
abstract class PostgresqlConformance extends PostgresqlRecipeConformance {

    @Override
    void grantHistory() throws SQLException {
        database().execute("grant select on flyway_schema_history to public");
    }

    @Override
    void allowDatabases() throws SQLException {
        asSuperuser("alter role " + owner() + " createdb");
    }

    @Test
    void a_rehearsal_without_the_right_to_make_a_database_says_what_is_missing() {
        terminal.script("V1__init.sql", INIT);

        var result = terminal.show("test", "--pg-bin=" + Terminal.tools());

        fails(result, Code.PermissionMissing, "postgresql://");
        assertThat(result.err()).contains("ALTER ROLE " + owner() + " CREATEDB");
    }

    @Test
    void what_down_scripts_forget_is_found() throws SQLException {
        allowDatabases();
        terminal.script("V1__init.sql", """
                        create type mood as enum ('ok');
                        create table t (n integer constraint positive check (n > 0));
                        create index by_n on t (n);
                        """)
                .script("V2__index.sql", "drop index if exists by_n;")
                .script("U2__index.sql", "-- nothing")
                .script("V3__check.sql", "alter table t drop constraint if exists positive;")
                .script("U3__check.sql", "alter table t add check (n > 0);")
                .script("V4__enum.sql", "alter type mood add value if not exists 'sad';")
                .script("U4__enum.sql", "-- PostgreSQL has no way back");

        var result = terminal.show("test", "--pg-bin=" + Terminal.tools());

        assertThat(result.exit()).as(result.all()).isEqualTo(Code.NotReversible.exit());
        assertThat(result.err())
                .containsPattern("NotReversible: U2__index.sql:1: .*- CREATE INDEX by_n")
                .containsPattern("NotReversible: U3__check.sql:1: .*\\+ CONSTRAINT t_n_check")
                .containsPattern("NotReversible: U4__enum.sql:1: .*\\+ 'sad'");
    }

    @Test
    void an_index_is_dropped_concurrently_on_the_way_down() throws SQLException {
        withTable();
        terminal.script("V2__index.sql", "create index concurrently by_total on orders (total);")
                .script("U2__index.sql", "drop index concurrently by_total;");
        succeeds(terminal.upgrade());

        succeeds(terminal.downgrade("-1"));

        assertThat(database().ask("select count(*) from pg_indexes where indexname = 'by_total'"))
                .isEqualTo("0");
        assertThat(database().column("select version from lockstep_schema")).containsExactly("1");
    }

    @Test
    void a_reader_in_the_way_of_a_down_script_is_waited_for() throws SQLException {
        withTable();
        terminal.script("V2__note.sql", "alter table orders add column note text;")
                .script("U2__note.sql", "alter table orders drop column note;");
        succeeds(terminal.upgrade());
        try (var reader = database().connect()) {
            hold(reader, "select * from orders");
            var release = CompletableFuture.runAsync(
                    () -> commit(reader), CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));

            var result = terminal.downgrade("-1", "--backup=never");

            release.join();
            succeeds(result);
            assertThat(result.out()).containsPattern("done in \\d+ ms \\(contract, \\d+ attempts\\)");
        }
    }

    @Test
    void a_reader_in_the_way_is_named_and_waited_for_in_short_attempts() throws SQLException {
        withTable();
        terminal.script("V2__more.sql", "alter table orders add column note text;");
        try (var reader = database().connect()) {
            hold(reader, "select * from orders");
            var release = CompletableFuture.runAsync(
                    () -> commit(reader), CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));

            var result = terminal.upgrade("--backup=never");

            release.join();
            succeeds(result);
            assertThat(result.out())
                    .containsPattern(
                            "in the way: pid \\d+, user \\w+_owner, application .*, AccessShareLock on public\\.orders");
            assertThat(result.out()).containsPattern("done in \\d+ ms \\(expand, \\d+ attempts\\)");
        }
    }

    @Test
    void when_the_budget_is_spent_the_database_is_unchanged() throws SQLException {
        withTable();
        terminal.script("V2__more.sql", "insert into orders values (2, 20); alter table orders add column note text;");
        try (var reader = database().connect()) {
            hold(reader, "select * from orders");

            fails(
                    terminal.upgrade("--backup=never", "--lock-budget=1s"),
                    Code.LockBudgetExceeded,
                    "V2__more.sql:1: no lock in ");
        }
        assertThat(database().ask("select count(*) from orders")).isEqualTo("1");
    }

    @Tag("lengthy")
    @Tag("nightly") // the server looks for what to vacuum when it pleases
    @Test
    void an_autovacuum_in_the_way_is_displaced() throws SQLException, InterruptedException {
        withTable();
        terminal.script("V2__more.sql", "alter table orders add column note text;");
        startVacuum();

        var result = terminal.upgrade("--backup=never", "--lock-budget=20s");

        succeeds(result);
        assertThat(result.out()).contains("autovacuum of public.orders");
    }

    @Test
    void a_running_flyway_is_waited_for_and_then_given_up_on() throws SQLException {
        terminal.script("V1__init.sql", INIT);
        long key = 77431708279161L + "\"public\".\"flyway_schema_history\"".hashCode();
        try (var flyway = database().connect();
                var statement = flyway.createStatement()) {
            statement.execute("select pg_advisory_lock(" + key + ")");

            fails(terminal.upgrade("--lock-budget=1s"), Code.LockBusy, "postgresql://");

            statement.execute("select pg_advisory_unlock(" + key + ")");
            succeeds(terminal.upgrade());
        }
    }

    @Test
    void an_index_is_built_concurrently_outside_a_transaction() throws SQLException {
        withTable();
        terminal.script("V2__index.sql", "create index concurrently by_total on orders (total);");

        succeeds(terminal.upgrade());

        assertThat(database().ask("select indisvalid from pg_index where indexrelid = 'by_total'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void an_invalid_index_is_never_taken_for_an_index() throws SQLException {
        withTable();
        database().execute("insert into orders values (2, 10)");
        try {
            database().execute("create unique index concurrently by_total on orders (total)");
        } catch (SQLException duplicate) {
            assertThat(duplicate.getSQLState()).isEqualTo("23505");
        }
        assertThat(database().ask("select indisvalid from pg_index where indexrelid = 'by_total'::regclass"))
                .isEqualTo("f");
        terminal.script("V2__index.sql", "create index concurrently if not exists by_total on orders (total);");

        succeeds(terminal.upgrade());

        assertThat(database().ask("select indisvalid from pg_index where indexrelid = 'by_total'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void each_way_not_to_get_in_has_its_code() {
        terminal.script("V1__init.sql", INIT);
        var database = ((Bed.Postgresql) database()).database();

        fails(
                away("postgresql://nobody@localhost:" + database.port() + "/" + database.name()),
                Code.AuthenticationRefused,
                "localhost");
        fails(away("postgresql://x@localhost:1/x"), Code.Unreachable, "localhost:1: nothing listens there");
        fails(
                away("postgresql://x@no-such-host.invalid/x"),
                Code.Unreachable,
                "no-such-host.invalid:5432: the host's name is unknown");
        fails(away("postgresql://127.0.0.1:" + database.port() + "/x"), Code.Usage, "--database");
    }

    private Terminal.Result away(String address) {
        return Terminal.type(
                new Stop(),
                List.of(
                        "upgrade",
                        "--database=" + address,
                        "--password-from-environment=x",
                        "--backup=never",
                        "--migrations=" + terminal.migrations()));
    }
}
