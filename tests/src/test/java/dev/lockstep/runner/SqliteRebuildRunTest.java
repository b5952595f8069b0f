package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A rebuild in the midst of other things.
final class SqliteRebuildRunTest extends Workplace {
    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    @Test
    void a_script_that_fails_after_a_rebuild_has_changed_nothing() throws SQLException {
        atRevisionOne();
        var before = SqliteSnapshot.of(database());
        terminal.script(
                "V2__bad.sql",
                "alter table orders alter column total type text;\nalter table orders add unique (total);\n\ninsert into nowhere values (1);");

        fails(terminal.upgrade(), Code.StatementFailed, "V2__bad.sql:4: ");

        assertThat(SqliteSnapshot.of(database())).isEqualTo(before);
    }

    @Test
    void the_script_and_its_row_stay_flyways() throws SQLException {
        atRevisionOne();
        terminal.script("V2__type.sql", "-- a comment\nalter table orders alter column total type text;");

        succeeds(terminal.upgrade());

        var flyway = database().flyway(terminal.migrations());
        flyway.validate();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        assertThat(database().ask("select total from orders")).isEqualTo("10");
    }

    /// SQLite's own lock stops it for as long as the script runs, and it waits: nobody has to scale it down.
    @Test
    void an_application_that_writes_while_its_table_is_rebuilt_waits_and_loses_no_row() throws SQLException {
        terminal.script("V1__init.sql", "create table orders (id integer primary key, total integer);");
        succeeds(terminal.upgrade());
        database()
                .execute(
                        "pragma journal_mode = wal",
                        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000)"
                                + " insert into orders select i, 0 from n");
        terminal.script("V2__type.sql", "alter table orders alter column total type text using total || '!';");
        var written = new AtomicInteger();
        var ended = new AtomicBoolean();
        var application = CompletableFuture.runAsync(() -> write(written, ended));
        Awaitility.await().until(() -> written.get() > 20);

        var result = terminal.upgrade("--backup=never");
        var before = written.get();
        Awaitility.await().until(() -> written.get() > before);
        ended.set(true);
        application.join();

        succeeds(result);
        assertThat(database().ask("select count(*) from orders where total in ('7', '7!')"))
                .isEqualTo(Integer.toString(written.get()));
        assertThat(database().ask("select min(total) || ' ' || max(total) from orders where total like '7%'"))
                .as("rows from before and from after")
                .isEqualTo("7 7!");
    }

    private void write(AtomicInteger written, AtomicBoolean ended) {
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 60000");
            while (!ended.get()) {
                statement.execute("insert into orders (total) values (7)");
                written.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_application_reads_on_while_its_table_is_rebuilt_and_the_log_stays_a_log() throws Exception {
        terminal.script("V1__init.sql", INIT);
        succeeds(terminal.upgrade());
        database().execute("pragma journal_mode = wal");
        terminal.script("V2__type.sql", "alter table orders alter column total type text using total || '!';");
        try (var reader = database().connect()) {
            reader.setAutoCommit(false);
            assertThat(total(reader)).isEqualTo("10");

            succeeds(terminal.upgrade("--backup=never"));

            assertThat(total(reader)).isEqualTo("10");
            reader.commit();
            assertThat(total(reader)).isEqualTo("10!");
        }
        assertThat(database().ask("pragma journal_mode")).isEqualTo("wal");
    }

    @Test
    void a_reader_without_a_log_is_waited_for() throws Exception {
        atRevisionOne();
        terminal.script("V2__type.sql", "alter table orders alter column total type text;");
        try (var reader = database().connect()) {
            reader.setAutoCommit(false);
            assertThat(total(reader)).isEqualTo("10");
            var result = CompletableFuture.supplyAsync(() -> terminal.upgrade("--backup=never"));
            Thread.sleep(3_000);
            reader.rollback();

            succeeds(result.join());
        }
        assertThat(database().ask("select typeof(total) from orders")).isEqualTo("text");
    }

    private static String total(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select total from orders")) {
            return row.getString(1);
        }
    }

    @Test
    void outside_a_transaction_each_rebuild_is_whole_or_not_at_all() throws SQLException {
        terminal.script("V1__init.sql", "create table t (a text); insert into t values ('x');");
        succeeds(terminal.upgrade());
        terminal.script(
                "V2__outside.sql",
                "-- Transaction: none\nalter table t add unique (a);\nalter table t alter column a type integer;");

        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__outside.sql:3: ");

        assertThat(database().ask("select sql from sqlite_schema where name = 't'"))
                .isEqualTo("CREATE TABLE t (a text, unique (a))");
        assertThat(database().column("select a from t")).containsExactly("x");
        assertThat(database().ask("select count(*) from sqlite_schema where name like 'lockstep_old%'"))
                .isEqualTo("0");
    }

    @Test
    void a_script_that_enforces_foreign_keys_gets_no_rebuild() throws SQLException {
        terminal.script(
                "V1__init.sql",
                "create table p (id integer primary key); create table c (p int references p on delete cascade);"
                        + " insert into p values (1); insert into c values (1);");
        succeeds(terminal.upgrade());
        terminal.script(
                "V2__outside.sql",
                "-- Transaction: none\npragma foreign_keys = on;\nalter table p add check (id <> 7), add unique (id);");

        fails(terminal.upgrade("--backup=never"), Code.StatementFailed, "V2__outside.sql:3: foreign keys are enforced");

        assertThat(database().column("select p from c")).containsExactly("1");
    }

    @Test
    void what_analyze_has_learnt_stays() throws SQLException {
        terminal.script(
                "V1__init.sql",
                "create table t (a int, b int); create index i on t (a);"
                        + " insert into t values (1, 1), (2, 2); analyze;");
        succeeds(terminal.upgrade());
        var before = database().column("select stat from sqlite_stat1 where tbl = 't'");
        terminal.script("V2__type.sql", "alter table t alter column b type text;");

        succeeds(terminal.upgrade());

        assertThat(before).isNotEmpty();
        assertThat(database().column("select stat from sqlite_stat1 where tbl = 't'"))
                .isEqualTo(before);
    }

    @Test
    void many_rows_stay_as_many() throws SQLException {
        terminal.script("V1__init.sql", """
                create table p (id integer primary key);
                insert into p with recursive n (i) as (select 1 union all select i + 1 from n where i < 200) select i from n;
                create table t (id integer primary key, p int not null references p (id) on delete cascade, a text, b real);
                insert into t with recursive n (i) as (select 1 union all select i + 1 from n where i < 150000)
                  select i, 1 + i % 200, 'row ' || i, i / 4.0 from n;
                create index by_p on t (p, a);
                create unique index by_a on t (lower(a));
                """);
        succeeds(terminal.upgrade());
        var sum = database().ask("select sum(id) || ' ' || sum(length(a)) || ' ' || sum(b) from t");
        terminal.script(
                "V2__both.sql",
                "alter table t add constraint positive check (b > 0), alter column b type numeric, add unique (id, p);\n"
                        + "alter table p add column name text unique;");

        succeeds(terminal.upgrade("--backup=never"));

        assertThat(database().ask("select sum(id) || ' ' || sum(length(a)) || ' ' || sum(b) from t"))
                .isEqualTo(sum);
        assertThat(database().ask("pragma integrity_check")).isEqualTo("ok");
        assertThat(database().column("select name from pragma_index_list('t') order by name"))
                .containsExactly("by_a", "by_p", "sqlite_autoindex_t_1");
    }
}
