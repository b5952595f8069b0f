package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What only PostgreSQL has, and what else may be changed about a thing than that it is there.
abstract class PostgresqlDriftConformance extends PostgresqlProbeConformance {
    private static final String MADE = """
            create type mood as enum ('ok');
            create domain positive as integer check (value > 0);
            create sequence numbers;
            create table events (id integer primary key, at date default current_date, mood mood,
                constraint late check (id > 0)) partition by range (id);
            create table events_1 partition of events for values from (0) to (10);
            create function twice(n integer) returns integer language sql as 'select n * 2';
            create function seen() returns trigger language plpgsql as 'begin return new; end';
            create trigger seen before insert on orders for each row execute function seen();
            create policy mine on orders using (true);
            create index by_total on orders (total);
            """;

    private void differsAfter(String sql, String... lines) throws SQLException {
        database().execute(sql);

        var result = terminal.show("drift");

        assertThat(result.exit()).as(sql + "\n" + result.all()).isEqualTo(Code.Drifted.exit());
        assertThat(result.out().lines()).as(sql).containsExactly(lines);
        succeeds(terminal.show("drift", "--accept"));
    }

    @Test
    void what_a_thing_says_is_looked_at_and_not_only_that_it_is_there() throws SQLException {
        atRevisionOne();
        terminal.script("V2__more.sql", MADE);
        succeeds(terminal.upgrade());

        differsAfter("alter table orders alter column total set default 7", "~ column public.orders.total");
        differsAfter("alter table orders alter column total type bigint", "~ column public.orders.total");
        differsAfter("alter type mood add value 'sad'", "~ type public.mood");
        differsAfter("alter domain positive drop constraint positive_check", "~ type public.positive");
        differsAfter("alter sequence numbers increment by 2", "~ sequence public.numbers");
        differsAfter(
                "create or replace function twice(n integer) returns integer language sql as 'select n * 3'",
                "~ function public.twice(n integer)");
        differsAfter("alter table orders disable trigger seen", "~ trigger public.orders.seen");
        differsAfter("alter policy mine on orders using (false)", "~ policy public.orders.mine");
        differsAfter("alter table orders enable row level security", "~ table public.orders");
        differsAfter("alter table orders set (fillfactor = 70)", "~ table public.orders");
        differsAfter("alter table events detach partition events_1", "~ table public.events_1");
        differsAfter("drop index by_total", "- index public.by_total");
    }

    @Test
    void what_changes_of_itself_is_no_drift() throws SQLException {
        atRevisionOne();
        terminal.script("V2__more.sql", MADE);
        succeeds(terminal.upgrade());

        database()
                .execute(
                        "select nextval('numbers')",
                        "insert into orders (id, total) select i, i from generate_series(100, 2000) i",
                        "analyze orders",
                        "grant select on orders to public",
                        "create temporary table passing (id integer)",
                        "set search_path to pg_catalog, public");

        assertThat(terminal.show("drift").out()).startsWith("in step: ");
    }

    @Test
    void what_a_run_has_made_that_died_over_it_is_no_drift() throws SQLException {
        atRevisionOne();
        terminal.script("V2__index.sql", "create index concurrently by_total on orders (total);");
        database().execute(started("2"), "create index by_total on orders (total)");

        succeeds(terminal.upgrade());

        assertThat(terminal.show("drift").out()).startsWith("in step: ");
    }

    @Test
    void what_was_changed_by_hand_is_told_though_a_script_outside_a_transaction_failed_after_it() throws SQLException {
        atRevisionOne();
        terminal.script("V2__two.sql", "-- Transaction: none\ncreate index two on orders (total);\nselect nothing;");
        database().execute("create index by_hand on orders (total)");

        fails(terminal.upgrade(), Code.StatementFailed, "V2__two.sql:3: ");
        differsAfter("select 1", "+ index public.by_hand");
    }
}
