package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that refer to nothing, in a database that has had some for long.
final class SqliteOrphansTest extends Workplace {
    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    @BeforeEach
    void old() throws SQLException {
        terminal.script("V1__init.sql", "select 1;");
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    create table p (id integer primary key);
                    create table c (n text, p integer references p (id));
                    create table w (n text primary key, p integer references p (id)) without rowid;
                    create table lost (n integer references gone (id));
                    create table odd (n text references c (n));
                    insert into p values (1);
                    insert into c values ('good', 1), ('gap', 1), ('old', 7), ('older', 8);
                    delete from c where n = 'gap';
                    insert into w values ('old', 7);
                    insert into lost values (3);
                    insert into odd values ('x');
                    """);
        }
        succeeds(terminal.show("stamp", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table d (x int)",
                "insert into c values ('good', 1)",
                "update c set n = 'same' where p = 7; update w set n = 'same'",
                "update c set p = 9 where p = 7",
                "delete from c where p = 7",
                "alter table c add column m int default 1",
                "alter table c add unique (n); alter table p add column x int unique",
                "alter table c rename to k; alter table p rename to q; alter table w rename column p to q",
                "create table k (p int references p (id), n text); insert into k select p, n from c order by p desc;"
                        + " drop table c; alter table k rename to c",
                "create table v (p int references p (id)); insert into v select p from w; drop table w",
            })
    void do_not_keep_a_script_that_adds_none(String sql) throws SQLException {
        terminal.script("V2__harmless.sql", "-- Phase: contract\n" + sql + ";");

        succeeds(terminal.upgrade("--yes", "--backup=never"));

        assertThat(database().ask("select count(*) from lost")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    insert into c values ('new', 9)                                       | table c refer to rows of p that are not there: rowid 5
                    insert into c values ('new', 7)                                       | table c refer to rows of p that are not there: rowid 5
                    delete from c where p = 7; insert into c values ('new', 9)            | table c refer to rows of p that are not there: rowid 5
                    insert into w values ('new', 9)                                       | table w refer to rows of p that are not there: 2 rows, before the script 1
                    alter table c add unique (n); insert into c values ('new', 9)         | table c refer to rows of p that are not there: 3 rows, before the script 2
                    create table d (p int references p); insert into d values (1), (5)    | table d refer to rows of p that are not there: rowid 2
                    create table k (p int references p); insert into k select p from c    | table k refer to rows of p that are not there: rowid
                    drop table p                                                          | table c refer to rows of p that are not there: 3 rows, before the script 2
                    create table e (n text references c (n)); insert into e values ('x')  | foreign key mismatch - "e" referencing "c"
                    """)
    void keep_no_script_from_being_refused_that_adds_one(String sql, String message) throws SQLException {
        terminal.script("V2__orphan.sql", "-- Phase: contract\n" + sql + ";");

        var result = terminal.upgrade("--yes", "--backup=never");

        fails(result, Code.StatementFailed, "V2__orphan.sql");
        assertThat(result.err()).contains(message).doesNotContain("table lost");
        assertThat(database().ask("select count(*) from c")).isEqualTo("3");
    }

    @Test
    void stay_as_they_are_when_their_table_is_built_anew() throws SQLException {
        terminal.script(
                "V2__rebuild.sql", "-- Phase: contract\nalter table c alter column n set data type varchar(20);");

        succeeds(terminal.upgrade("--yes", "--backup=never"));

        assertThat(database().column("select n || p from c order by n")).containsExactly("good1", "old7", "older8");
    }

    @Test
    void do_not_keep_a_script_from_being_taken_back() throws SQLException {
        terminal.script("V2__d.sql", "create table d (x int);").script("U2__d.sql", "drop table d;");
        succeeds(terminal.upgrade("--yes", "--backup=never"));

        succeeds(terminal.downgrade("1"));

        assertThat(database().ask("select count(*) from sqlite_schema where name = 'd'"))
                .isEqualTo("0");
    }
}
