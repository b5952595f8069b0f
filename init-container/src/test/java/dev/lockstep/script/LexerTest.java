package dev.lockstep.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LexerTest {
    private static List<Integer> lines(String sql) {
        return Lexer.statements(sql).stream().map(Statement::line).toList();
    }

    @Test
    void a_semicolon_in_a_string_a_name_a_comment_or_a_dollar_quote_ends_nothing() {
        assertThat(lines("select ';', E'\\';', \";\" -- ;\n /* ; /* ; */ ; */ , $$;$$, $a$;$$;$a$;\nselect 2"))
                .containsExactly(1, 3);
    }

    @Test
    void the_body_of_a_standard_function_is_one_statement() {
        assertThat(lines("""
                        create function f(x int) returns int language sql begin atomic
                          select case when x > 0 then 1 else 2 end;
                          select 3;
                        end;
                        select 4;
                        """)).containsExactly(1, 5);
    }

    @Test
    void the_body_of_a_trigger_is_one_statement() {
        assertThat(
                        lines(
                                "create trigger t after insert on a begin\n insert into b values (1);\n delete from c;\nend;\nselect 1;"))
                .containsExactly(1, 5);
    }

    @Test
    void begin_and_end_of_a_transaction_are_statements() {
        assertThat(lines("begin;\nselect 1;\nend;\nselect 2;")).containsExactly(1, 2, 3, 4);
    }

    @Test
    void copied_rows_are_no_statements() {
        assertThat(lines("copy t from stdin;\n1\t;drop table x;\n\\.\nselect 1;"))
                .containsExactly(1, 4);
    }

    @Test
    void a_parameter_is_no_dollar_quote() {
        assertThat(lines("prepare p as select $1;\nselect $2;")).containsExactly(1, 2);
    }

    @Test
    void keywords_are_words_and_quoted_names_are_not() {
        var tokens = Lexer.statements("DROP \"Drop\"").getFirst().tokens();

        assertThat(tokens.get(0).is("drop")).isTrue();
        assertThat(tokens.get(1)).isEqualTo(new Token(Token.Type.Name, "Drop", 1));
        assertThat(tokens.get(1).is("Drop")).isFalse();
    }

    @Test
    void what_is_open_at_the_end_runs_to_the_end() {
        assertThat(lines("select 'open;\nselect 1;")).containsExactly(1);
        assertThat(lines("select $$open;\n")).containsExactly(1);
        assertThat(lines("select \"open;\n")).containsExactly(1);
        assertThat(lines("/* open; select 1;")).isEmpty();
    }
}
