package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.server.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// ALTER TABLE on SQLite in all the forms that PostgreSQL has.
final class SqliteRebuildTest extends Workplace {
    private static final Path CASES = Repository.root().resolve("tests/src/test/resources/rebuild");

    @Override
    Bed bed() {
        return new Bed.Sqlite(folder.resolve("app.db"));
    }

    static Stream<String> cases() throws IOException {
        try (var files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString().replace(".sql", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_altered_table_is_as_one_that_was_created_so(String name) throws IOException, SQLException {
        var parts = Files.readString(CASES.resolve(name + ".sql")).split("-- (before|script|after)\n", -1);
        terminal.script("V1__before.sql", parts[1]).script("V2__script.sql", parts[2]);

        succeeds(terminal.migrate());

        var fresh = new Bed.Sqlite(folder.resolve("fresh.db"));
        try (var connection = fresh.connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate(parts[3]);
        }
        assertThat(SqliteSnapshot.of(database())).isEqualTo(SqliteSnapshot.of(fresh));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    alter table t alter column a type integer               | has values that are no integer
                    alter table t alter b type real using a                 | has values that are no real
                    alter table s alter column a type integer               | SQLITE_CONSTRAINT
                    alter table t add constraint k check (b > 1)            | SQLITE_CONSTRAINT
                    alter table t add constraint k check (b > 1) not valid  | SQLITE_CONSTRAINT
                    alter table t add unique (c)                            | SQLITE_CONSTRAINT
                    alter table t add unique (c) on conflict replace        | SQLITE_CONSTRAINT
                    alter table t add unique (c) on conflict ignore         | SQLITE_CONSTRAINT
                    alter table t add foreign key (b) references p          | rows of table t refer to rows of p that are not there
                    alter table t add foreign key (b) references p (x)      | table t would refer to a key that is not there
                    alter table t add primary key (d)                       | SQLITE_CONSTRAINT
                    alter table i add primary key (n)                       | has rows without a value
                    alter table t alter column d set not null               | SQLITE_CONSTRAINT
                    alter table t add column e int not null                 | SQLITE_CONSTRAINT
                    alter table t add column a int                          | already has a column a
                    alter table p add primary key (x)                       | already has a primary key
                    alter table t add constraint named check (b > 0)        | already has a constraint named
                    alter table t add unique (nope)                         | table t has no column nope
                    alter table t drop column nope                          | table t has no column nope
                    alter table t drop constraint nope                      | table t has no constraint nope
                    alter table t validate constraint nope                  | table t has no constraint nope
                    alter table w drop constraint w_check                   | several constraints that w_check could mean
                    alter table w drop constraint w_pkey                    | WITHOUT ROWID
                    alter table p drop constraint p_pkey                    | table child refers to a key of table p
                    alter table p alter id drop not null                    | is in the primary key
                    alter table c alter id type text                        | is AUTOINCREMENT
                    alter table c drop column g                             | column h of table c is computed from g
                    alter table c alter column g drop expression            | is not computed
                    alter table c alter h set default 1                     | is computed
                    alter table t drop column c                             | view v would fail after it: no such column: c
                    alter table p drop column x                             | inserting into t would fail after it: table p has no column named x
                    alter table t alter b set default now()                 | inserting into t would fail after it: unknown function: now()
                    alter table t drop column d                             | trigger on_d watches a column
                    alter table one add column b text primary key           | SQLITE_CONSTRAINT
                    alter table one drop column a                           | would have no column left
                    alter table nowhere add unique (a)                      | there is no table nowhere
                    alter table other.t add unique (a)                      | there is no schema other
                    alter table v alter column c set default 1              | v is no ordinary table
                    alter table t alter column a set storage plain          | nothing like ALTER COLUMN A SET STORAGE
                    alter table t owner to somebody                         | nothing like OWNER TO SOMEBODY in ALTER TABLE
                    alter table t add exclude using gist (a with =)         | nothing like ADD EXCLUDE USING GIST in ALTER TABLE
                    alter table t add unique nulls not distinct (a)         | nothing like NULLS
                    alter table t add unique (a) deferrable                 | nothing like DEFERRABLE
                    alter table t add foreign key (b) references p match full | nothing like MATCH FULL
                    alter table t add column n int generated by default as identity | nothing like GENERATED
                    alter table t alter b type int using a::int             | write CAST(… AS …)
                    alter table t rename a to b2, rename b to c2            | SQLITE_ERROR
                    alter table t add                                       | ends too early
                    alter table t add check (b > 0                          | a parenthesis is not closed
                    """)
    void what_cannot_be_done_is_refused_with_its_line_and_changes_nothing(String alter, String why)
            throws SQLException {
        terminal.script("V1__init.sql", AROUND);
        succeeds(terminal.migrate());
        var before = SqliteSnapshot.of(database());
        terminal.script("V2__alter.sql", "create table fresh (a int);\n\n" + alter + ";\n");

        var result = approved();

        fails(result, Code.StatementFailed, "V2__alter.sql:3: ");
        assertThat(result.err()).contains(why);
        assertThat(SqliteSnapshot.of(database())).isEqualTo(before);
        assertThat(database().ask("pragma foreign_key_check")).isEqualTo("no row");
    }

    /// `upgrade`, with an approval if it asks for one.
    private Terminal.Result approved() {
        var result = terminal.upgrade("--backup=never");
        return result.out()
                .lines()
                .filter(line -> line.contains("--approve "))
                .findFirst()
                .map(line -> terminal.upgrade("--backup=never", "--approve=" + line.replaceFirst(".*--approve ", "")))
                .orElse(result);
    }

    private static final String AROUND = """
            create table p (id integer primary key, x text);
            insert into p values (1, 'x');
            create table child (p int references p (id));
            create table t (a text, b int constraint named check (b > 0), c int, d int);
            insert into t values ('seven', 1, 2, null), ('eight', 5, 2, 3);
            create view v as select c from t;
            create trigger tr after insert on t begin insert into p (x) values (new.a); end;
            create trigger on_d after update of "d" on t begin select 1; end;
            create table s (a text) strict;
            insert into s values ('seven');
            create table w (k text primary key, v int, check (k > v), check (v < k)) without rowid;
            create table c (id integer primary key autoincrement, g int, h int as (g));
            create table i (n integer);
            insert into i values (null);
            create table one (a int);
            insert into one values (1);
            """;
}
