package dev.lockstep.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {
    private static Change change(String table, String actions) throws Refusal {
        return Change.of(
                CreateTable.of(table), Alter.of("alter table t " + actions).orElseThrow());
    }

    private static Change.Copy copy(String table, String actions) throws Refusal {
        return (Change.Copy) change(table, actions);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    add column b int                                    | add column b int
                    add b int not null default -1 check (b < 0)         | add column b int not null default -1 check (b < 0)
                    add column b int as (a) virtual                     | add column b int as (a) virtual
                    add constraint k check (a > 0) not valid            | add constraint k check (a > 0)
                    alter a set not null                                | alter column a set not null
                    drop constraint pos                                 | drop constraint "pos"
                    """)
    void what_sqlite_does_by_itself_copies_nothing(String action, String left) throws Refusal {
        assertThat(change("CREATE TABLE t(a int constraint pos check (a > 0))", action))
                .isEqualTo(new Change.Native(List.of(left)));
    }

    @Test
    void what_would_cut_a_comment_away_is_not_left_to_sqlite() throws Refusal {
        assertThat(change("CREATE TABLE t(a int not null)", "alter a drop not null"))
                .isInstanceOf(Change.Native.class);
        assertThat(copy("CREATE TABLE t(a int not null /* no */)", "alter a drop not null")
                        .after()
                        .sql())
                .isEqualTo("CREATE TABLE t(a int /* no */)");
    }

    @Test
    void a_new_member_is_indented_as_its_neighbour() throws Refusal {
        var table = "CREATE TABLE t(\n    a int, -- one\n    b int -- two\n)";

        assertThat(copy(table, "add column c int unique, add unique (a)")
                        .after()
                        .sql())
                .isEqualTo(
                        "CREATE TABLE t(\n    a int, -- one\n    b int, -- two\n    c int unique,\n    unique (a)\n)");
    }

    @Test
    void a_comment_goes_with_its_column() throws Refusal {
        var table = "CREATE TABLE t(\n  a int, -- one\n  -- about two\n  b int, -- two\n  c int -- three\n)";

        assertThat(copy(table, "drop column b").after().sql())
                .isEqualTo("CREATE TABLE t(\n  a int, -- one\n  c int -- three\n)");
        assertThat(copy(table, "drop column c").after().sql())
                .isEqualTo("CREATE TABLE t(\n  a int, -- one\n  -- about two\n  b int -- two\n)");
        assertThat(copy(table, "drop column a").after().sql())
                .isEqualTo("CREATE TABLE t(\n  -- about two\n  b int, -- two\n  c int -- three\n)");
    }

    @Test
    void a_constraint_behind_a_line_comment_is_no_comment() throws Refusal {
        assertThat(copy("CREATE TABLE t(a int -- one\n)", "add unique (a)")
                        .after()
                        .sql())
                .isEqualTo("CREATE TABLE t(a int, -- one\n unique (a)\n)");
    }

    @Test
    void rows_keep_their_hidden_number_under_a_free_name() throws Refusal {
        assertThat(copy("CREATE TABLE t(rowid text, a int)", "alter a type text")
                        .transfers()
                        .getFirst())
                .isEqualTo(new Change.Transfer("_rowid_", "_rowid_"));
        assertThat(copy("CREATE TABLE t(id integer primary key)", "alter id set default 1")
                        .transfers())
                .containsExactly(new Change.Transfer("\"id\"", "\"id\""));
    }

    @Test
    void a_computed_column_is_not_copied() throws Refusal {
        assertThat(copy("CREATE TABLE t(id integer primary key, b as (id))", "add unique (b)")
                        .transfers())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CREATE INDEX i ON t (b)                  | true
                    CREATE INDEX a ON a (b) WHERE b > 'a'    | true
                    CREATE INDEX i ON t (b, "A" DESC)        | false
                    CREATE INDEX i ON t (b) WHERE a > 0      | false
                    CREATE INDEX i ON t (a(b) COLLATE a)     | true
                    CREATE INDEX i ON t (lower(t.[a]))       | false
                    """)
    void an_index_goes_with_a_column_that_it_names(String index, boolean stays) throws Refusal {
        assertThat(copy("CREATE TABLE t(a int, b int)", "drop column a").keeps(index))
                .isEqualTo(stays);
    }

    @Test
    void an_alter_table_that_sqlite_knows_is_left_alone() throws Refusal {
        assertThat(Alter.of("alter table t rename to u")).isEmpty();
        assertThat(Alter.of("/* x */ ALTER TABLE t RENAME COLUMN a TO b")).isEmpty();
        assertThat(Alter.of("insert into t values ('alter table')")).isEmpty();
        assertThat(Alter.of("alter table if exists t rename a to b")
                        .orElseThrow()
                        .rename())
                .contains("rename a to b");
    }

    @Test
    void only_is_a_word_or_a_name() throws Refusal {
        assertThat(Alter.of("alter table only t add a int").orElseThrow().table())
                .isEqualTo("t");
        assertThat(Alter.of("alter table only.t add a int").orElseThrow().schema())
                .contains("only");
        assertThat(Alter.of("alter table only add column a int").orElseThrow().table())
                .isEqualTo("only");
        assertThat(Alter.of("alter table only add a int").orElseThrow().table()).isEqualTo("only");
    }
}
