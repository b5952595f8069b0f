package dev.lockstep.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The text of scripts: encodings, line ends, checksums.
abstract class FlywayTextConformance extends FlywayNameConformance {
    private static final String T = "create table t (x varchar(40));";

    @Test
    void marks_and_line_ends_are_no_difference_and_trailing_spaces_are_one() throws SQLException {
        twins.script("V1__bom.sql", "\uFEFF" + T)
                .script("V2__crlf.sql", "insert into t\r\nvalues ('a');\r\n")
                .script("V3__cr.sql", "insert into t\rvalues ('b');\r")
                .script("V4__empty.sql", "")
                .script("V5__comment.sql", "-- nothing but words\n")
                .script("V6__open.sql", "insert into t values ('no last semicolon')")
                .script("V7__blank.sql", "insert into t values ('c');\n\n\n")
                .script("V8__inner.sql", "insert into t values ('d');\n\uFEFF-- a mark inside\n");

        twins.migrate().flywayFindsNothingToDo();

        twins.script("V1__bom.sql", T + "\n\n")
                .script("V2__crlf.sql", "insert into t\nvalues ('a');")
                .script("V3__cr.sql", "insert into t\nvalues ('b');");
        succeeds(twins.upgrade());
        twins.flywayFindsNothingToDo();
        twins.script("V2__crlf.sql", "insert into t \nvalues ('a');");
        fails(twins.upgrade(), Code.ChecksumMismatch, "V2__crlf.sql:1: ");
        assertThat(twins.flyway(database()).validateWithResult().invalidMigrations)
                .extracting(invalid -> invalid.version)
                .containsExactly("2");
    }

    @Test
    void another_encoding_than_utf8_is_refused() throws IOException {
        for (Charset other : new Charset[] {ISO_8859_1, UTF_16LE}) {
            terminal.script("V1__a.sql", "");
            Files.write(terminal.migrations().resolve("V1__a.sql"), "select 'ä';\nselect 'b';".getBytes(other));

            fails(terminal.upgrade(), Code.ScriptInvalid, "V1__a.sql:1: the file is not UTF-8");
            flywayFails();
        }
    }

    @Test
    void a_file_that_is_no_script_may_be_written_as_it_likes() throws IOException {
        terminal.script("V1__a.sql", T).script("seed.sql", "");
        Files.write(terminal.migrations().resolve("seed.sql"), "select 'ä';".getBytes(ISO_8859_1));

        succeeds(terminal.upgrade());
    }

    @Test
    void commands_of_psql_are_refused_with_their_line() throws SQLException {
        for (var command : new String[] {"\\restrict aB3", "\\set ON_ERROR_STOP on", "\\echo 'x'"}) {
            terminal.script("V1__a.sql", "-- dump\n" + T + "\n" + command + "\ninsert into t values ('x');\n");

            fails(terminal.upgrade(), Code.ScriptInvalid, "V1__a.sql:3: a line begins with a backslash");
            flywayFails();
        }
        terminal.script("V1__a.sql", T + "\n-- \\set in a comment\ninsert into t values ('\\restrict');");
        succeeds(terminal.upgrade());
        assertThat(database().ask("select x from t")).isEqualTo("\\restrict");
    }

    @Test
    void quotes_and_comments_nest_as_they_do_for_flyway() throws SQLException {
        twins.script("V1__t.sql", T).script("V2__quotes.sql", """
                        insert into t values ('it''s; -- no comment'); -- a comment; with 'quotes
                        /* one; 'two' */ insert into t values ("x;y" || 'a'); -- see below
                        insert into t
                        values ('/* no comment */');
                        """.replace("\"x;y\" || 'a'", "'x;y'"));

        twins.migrate().flywayFindsNothingToDo();

        assertThat(database().column("select x from t")).isEqualTo(twins.other().column("select x from t"));
        assertThat(database().ask("select count(*) from t")).isEqualTo("3");
    }

    @Test
    void a_comment_switches_no_transaction_off_and_a_conf_file_does() throws SQLException {
        var failed = "select success from flyway_schema_history where version = '2'";
        twins.script("V1__t.sql", T)
                .script(
                        "V2__comment.sql",
                        "-- flyway:executeInTransaction=false\ninsert into t values ('a');\nboom;\n");
        assertThat(twins.upgrade().exit()).isEqualTo(1);
        flywayFails();
        for (var bed : List.of(database(), twins.other())) {
            assertThat(bed.ask("select count(*) from t")).isEqualTo("0");
            assertThat(bed.column(failed)).isEmpty();
        }

        twins.script("V2__comment.sql.conf", "executeInTransaction=false\n");
        assertThat(twins.upgrade().exit()).isEqualTo(1);
        flywayFails();
        for (var bed : List.of(database(), twins.other())) {
            assertThat(bed.ask("select count(*) from t")).isEqualTo("1");
        }
        assertThat(twins.other().ask(failed)).isIn("f", "0");
        assertThat(database().column(failed)).isEmpty();
        assertThat(database().ask("select state from lockstep_schema where version = '2'"))
                .isEqualTo("started");
        fails(twins.upgrade(), Code.Uncertain, "V2__comment.sql:1: ");
    }
}
