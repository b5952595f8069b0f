package dev.lockstep.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.handover.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t(a)",
                "CREATE TABLE t(\n  a INT,\n  \"b c\" TEXT\n)",
                "CREATE TABLE \"a\"\"b\" ( [x y] int , `c``d` , 'e' )",
                "CREATE TABLE t(a int /* one, (two */, b -- three)\n, c text --last\n) STRICT",
                "CREATE TABLE t(a int, -- about a\n  -- about b\n  b int, /* about c */ c int /* c */)",
                "CREATE TABLE t(a int, /* about a */\r\n b int -- x\r\n)",
                "CREATE TABLE t(a /* nested /* comment */, b)",
                "CREATE TABLE t(a DEFAULT -1.5e-3 NOT NULL ON CONFLICT FAIL, b DEFAULT (')' || \"(\") COLLATE NOCASE)",
                "CREATE TABLE t(a CONSTRAINT x, b CONSTRAINT y UNIQUE CONSTRAINT z)",
                "CREATE TABLE t(a CHECK (a > 0) CHECK(a<9), CHECK (a) CHECK (b) , UNIQUE (a COLLATE x DESC) ON CONFLICT IGNORE)",
                "CREATE TABLE t(a generated int, b always, c varchar ( 10 , 2 ) as (a) stored, d GENERATED ALWAYS AS (a) VIRTUAL)",
                "CREATE TABLE t(a REFERENCES p ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL NOT DEFERRABLE INITIALLY IMMEDIATE NOT NULL)",
                "CREATE TABLE t(id INTEGER PRIMARY KEY DESC ON CONFLICT ABORT AUTOINCREMENT, b DEFAULT x'ab')",
                "CREATE TABLE t(a, PRIMARY KEY (a AUTOINCREMENT), FOREIGN KEY (a, b) REFERENCES \"p q\" (c, d) DEFERRABLE) WITHOUT ROWID, STRICT",
                "CREATE TABLE größe\u00a0🐶(é\u2003x, b)",
            })
    void the_parts_of_a_text_are_the_text(String sql) throws Refusal {
        assertThat(CreateTable.of(sql).sql()).isEqualTo(sql);
    }

    @Test
    void names_are_read_as_sqlite_reads_them() throws Refusal {
        var table = CreateTable.of("CREATE TABLE [t x](\"a\"\"b\" int, [c d], `e``f` text, 'g''h', plain)");

        assertThat(table.name()).isEqualTo("t x");
        assertThat(table.columns().map(Member.Column::name)).containsExactly("a\"b", "c d", "e`f", "g'h", "plain");
        assertThat(table.columns().map(Member.Column::type)).containsExactly("int", "", "text", "", "");
    }

    @Test
    void the_column_that_is_the_row_number_is_known() throws Refusal {
        assertThat(CreateTable.of("CREATE TABLE t(id Integer PRIMARY KEY)").rowidAlias())
                .contains("id");
        assertThat(CreateTable.of("CREATE TABLE t(id INTEGER, PRIMARY KEY (ID DESC))")
                        .rowidAlias())
                .contains("id");
        for (var none : List.of(
                "CREATE TABLE t(id INT PRIMARY KEY)",
                "CREATE TABLE t(id INTEGER PRIMARY KEY DESC)",
                "CREATE TABLE t(id INTEGER PRIMARY KEY) WITHOUT ROWID",
                "CREATE TABLE t(id INTEGER, b, PRIMARY KEY (id, b))")) {
            assertThat(CreateTable.of(none).rowidAlias()).as(none).isEmpty();
        }
    }

    @Test
    void a_text_that_is_not_understood_is_refused() {
        assertThatThrownBy(() -> CreateTable.of("CREATE TABLE t(a int unheard of (1) of)"))
                .isInstanceOf(Refusal.class);
    }
}
