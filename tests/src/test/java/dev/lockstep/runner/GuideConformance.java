package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// The changes that a guide to migrations with Alembic describes, written as SQL and run as written on every database;
/// each goes up, down and up, with rows and without, and Flyway has nothing to add.
abstract class GuideConformance extends MendingConformance {
    private static final String KEYS = """
            create table apikey (id integer primary key, key_hash varchar(64), balance integer not null default 0,
                created_at timestamp, old_name varchar(40), metadata %s);
            create table transactions (id integer primary key, api_key_id integer references apikey (id), at timestamp);
            insert into apikey (id, key_hash, balance, created_at, old_name, metadata) values
                (1, 'test', 1000, '2024-01-15 10:30:00', 'first', '{"premium": "yes"}'),
                (2, 'other', 5, '2024-01-16 10:30:00', 'second', '{}');
            """;

    private boolean postgresql() {
        return database().vendor().equals("postgresql");
    }

    private void change(String up, String down) throws SQLException {
        allowDatabases();
        terminal.script("V1__keys.sql", KEYS.formatted(postgresql() ? "jsonb" : "json"));
        succeeds(terminal.upgrade());
        terminal.script("V2__change.sql", up).script("U2__change.sql", down);

        succeeds(terminal.upgrade());

        succeeds(terminal.show("test", "--pg-bin=" + Terminal.tools()));
        succeeds(terminal.downgrade("-1", "--backup=never"));
        succeeds(terminal.upgrade("--backup=never"));
        assertFlywayAgrees();
    }

    private String ask(String sql) throws SQLException {
        return String.join(",", database().column(sql));
    }

    private void assertRefused(String sql) {
        assertThat(catchThrowable(() -> database().execute(sql))).isInstanceOf(SQLException.class);
    }

    @Test
    void a_column_is_added_filled_and_required() throws SQLException {
        change("""
                alter table apikey add column last_rotation timestamp;
                update apikey set last_rotation = created_at where last_rotation is null;
                alter table apikey alter column last_rotation set not null;
                """, "alter table apikey drop column last_rotation;");

        assertThat(ask("select count(*) from apikey where last_rotation = created_at"))
                .isEqualTo("2");
        assertRefused("insert into apikey (id) values (3)");
    }

    @Test
    void a_column_is_renamed() throws SQLException {
        change(
                "alter table apikey rename column old_name to new_name;",
                "alter table apikey rename column new_name to old_name;");

        assertThat(ask("select new_name from apikey order by id")).isEqualTo("first,second");
    }

    @Test
    void indexes_of_one_column_of_two_and_of_some_rows() throws SQLException {
        change("""
                create index ix_transaction_at on transactions (at);
                create index ix_transaction_key_time on transactions (api_key_id, at);
                create index ix_apikey_active on apikey (balance) where balance > 0;
                """, """
                drop index ix_apikey_active;
                drop index ix_transaction_key_time;
                drop index ix_transaction_at;
                """);

        var indexes = postgresql()
                ? "select indexname from pg_indexes where indexname like 'ix%' order by 1"
                : "select name from sqlite_schema where type = 'index' and name like 'ix%' order by 1";
        assertThat(ask(indexes)).isEqualTo("ix_apikey_active,ix_transaction_at,ix_transaction_key_time");
    }

    @Test
    void rows_get_what_their_data_say() throws SQLException {
        change("""
                alter table apikey add column key_type text;
                update apikey set key_type =
                    case when metadata ->> 'premium' = 'yes' then 'premium' else 'standard' end;
                alter table apikey alter column key_type set not null;
                """, "alter table apikey drop column key_type;");

        assertThat(ask("select key_type from apikey order by id")).isEqualTo("premium,standard");
        assertThat(ask("select balance from apikey where key_hash = 'test'")).isEqualTo("1000");
    }

    @Test
    void one_of_a_few_values() throws SQLException {
        if (postgresql()) {
            change("""
                    create type keystatus as enum ('active', 'suspended', 'expired');
                    alter table apikey add column status keystatus not null default 'active';
                    """, "alter table apikey drop column status;\ndrop type keystatus;");
        } else {
            change(
                    "alter table apikey add column status text not null default 'active'"
                            + " check (status in ('active', 'suspended', 'expired'));",
                    "alter table apikey drop column status;");
        }

        assertThat(ask("select status from apikey order by id")).isEqualTo("active,active");
        assertRefused("update apikey set status = 'gone'");
    }

    @Test
    void a_number_becomes_wider() throws SQLException {
        change(
                "alter table apikey alter column balance type bigint;",
                "alter table apikey alter column balance type integer;");

        var type = postgresql()
                ? "select data_type from information_schema.columns where column_name = 'balance'"
                : "select type from pragma_table_info('apikey') where name = 'balance'";
        assertThat(ask(type)).isEqualTo("bigint");
        database().execute("update apikey set balance = 5000000000 where id = 2");
        assertThat(ask("select balance from apikey order by id")).isEqualTo("1000,5000000000");
    }

    @Test
    void a_document_with_its_index_and_a_check() throws SQLException {
        var index = postgresql()
                ? "create index ix_apikey_metadata on apikey using gin (metadata);"
                : "create index ix_apikey_metadata on apikey (metadata ->> 'premium');";
        change(
                index + "alter table apikey add constraint ck_apikey_balance_positive check (balance >= 0);",
                "alter table apikey drop constraint ck_apikey_balance_positive; drop index ix_apikey_metadata;");

        assertThat(ask("select id from apikey where metadata ->> 'premium' = 'yes'"))
                .isEqualTo("1");
        assertRefused("update apikey set balance = -1");
    }

    @Test
    void what_is_there_already_is_left_as_it_is() throws SQLException {
        terminal.script("V1__keys.sql", KEYS.formatted(postgresql() ? "jsonb" : "json"));
        succeeds(terminal.upgrade());
        database().execute("alter table apikey add column new_column text", "create index ix on apikey (balance)");
        database().execute("update apikey set new_column = 'kept' where id = 1");
        terminal.script("V2__again.sql", """
                alter table apikey add column if not exists new_column text;
                alter table apikey add column if not exists newer_column text;
                create table if not exists apikey (id integer);
                create table if not exists made (id integer);
                create index if not exists ix on apikey (balance);
                drop index if exists ix_of_nobody;
                drop table if exists table_of_nobody;
                """);

        succeeds(terminal.upgrade("--yes"));

        assertThat(ask("select new_column from apikey order by id")).isEqualTo("kept,null");
        assertThat(ask("select count(*) from apikey where newer_column is null"))
                .isEqualTo("2");
        assertThat(ask("select count(*) from made")).isEqualTo("0");
        assertFlywayAgrees();
    }
}
