package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Placeholders mean here what they mean to Flyway.
abstract class FlywayPlaceholderConformance extends FlywayWorkplace {
    private static final String NOTES = "create table notes (text varchar(200));\n";

    private Twins told(Map<String, String> placeholders) {
        var options = placeholders.entrySet().stream()
                .map(entry -> "--placeholder=" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return twins.told(settings -> settings.placeholders(placeholders), options);
    }

    @Test
    void placeholders_are_replaced_in_any_case_and_the_history_is_flyways() throws SQLException {
        var told = told(Map.of("table-Name", "notes", "MY_text", "a=b ${table-name}"))
                .script("V1__notes.sql", NOTES.replace("notes", "${TABLE-name}"))
                .script("V2__text.sql", "insert into notes values ('${my_TEXT} $${my_text} $');")
                .script("R__view.sql", "create view v as select '${my_text}' as t from ${table-name};");

        told.migrate().flywayFindsNothingToDo();

        assertThat(database().ask("select text from notes")).isEqualTo("a=b ${table-name} $${my_text} $");
        assertThat(twins.other().ask("select text from notes")).isEqualTo("a=b ${table-name} $${my_text} $");
    }

    @Test
    void flyways_own_placeholders_have_flyways_values() throws SQLException {
        var text = new StringBuilder(NOTES);
        for (var name :
                new String[] {"defaultSchema", "user", "filename", "workingDirectory", "table", "environment"}) {
            text.append("insert into notes values ('")
                    .append(name)
                    .append("=${flyway:")
                    .append(name)
                    .append("}');\n");
        }
        twins.script("V1__notes.sql", text + (isSqlite() ? "" : "insert into notes values ('${flyway:database}');\n"));
        twins.script("V2__time.sql", "insert into notes values ('${flyway:timestamp}');");

        succeeds(twins.upgrade());
        twins.flyway(twins.other()).migrate();

        var values = "select text from notes where text not like '20%'";
        assertThat(database().column(values)).isEqualTo(translated(twins.other().column(values)));
        assertThat(database().ask("select text from notes where text like '20%'"))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    }

    /// The other database and its owner have other names.
    private List<String> translated(List<String> values) {
        if (isSqlite()) {
            return values;
        }
        var mine = ((Bed.Postgresql) database()).database().name();
        var others = ((Bed.Postgresql) twins.other()).database().name();
        return values.stream()
                .map(value -> value.equals(others) ? mine : value.replace("user=" + others + "_", "user=" + mine + "_"))
                .toList();
    }

    @Test
    void an_unknown_placeholder_is_refused_with_its_line_even_where_it_does_nothing() throws SQLException {
        for (var text : new String[] {
            "select 1;\n-- ${nobody}\n",
            "select 1;\nselect '${nobody}';",
            "do $$\nbegin perform '${nobody}'; end $$;",
            "select 1;\n/* ${flyway:nobody} */",
            "\n${open"
        }) {
            terminal.script("V1__a.sql", text);
            fails(terminal.upgrade(), Code.ScriptInvalid, "V1__a.sql:2: the placeholder ${");
            flywayFails();
        }
        assertThat(database().column("select 1")).containsExactly("1");
    }

    @Test
    void an_applied_script_may_lose_its_placeholder_but_a_repeatable_may_not() {
        told(Map.of("name", "notes"))
                .script("V1__a.sql", "create table ${name} (text varchar(9));")
                .upgrade();

        succeeds(terminal.upgrade());

        terminal.script("R__a.sql", "select 1; -- ${name}");
        fails(terminal.upgrade(), Code.ScriptInvalid, "R__a.sql:1: the placeholder ${name}");
    }

    @Test
    void a_conf_file_switches_replacement_off_and_the_checksum_follows() throws SQLException {
        twins.script("V1__notes.sql", NOTES + "insert into notes values ('${nobody}');")
                .script("V1__notes.sql.conf", "placeholderReplacement=false\n")
                .script("R__view.sql", "create view v as select '${nobody}' as t;")
                .script("R__view.sql.conf", "placeholderReplacement=false");

        twins.migrate().flywayFindsNothingToDo();

        assertThat(database().ask("select text from notes")).isEqualTo("${nobody}");
    }

    @Test
    void what_a_conf_file_asks_beyond_that_is_refused_by_name() {
        terminal.script("V1__notes.sql", NOTES)
                .script("V2__a.sql", "select 1;")
                .script("V2__a.sql.conf", "shouldExecute=false");
        fails(terminal.upgrade(), Code.ScriptInvalid, "V2__a.sql.conf:1: shouldExecute is not supported");
        flywayFails();
        for (var bed : List.of(database(), twins.other())) {
            assertThatThrownBy(() -> bed.ask("select text from notes")).isInstanceOf(SQLException.class);
        }

        terminal.script("V2__a.sql.conf", "encoding=ISO-8859-1");
        fails(terminal.upgrade(), Code.ScriptInvalid, "V2__a.sql.conf:1: encoding ISO-8859-1 is not supported");

        terminal.script("V2__a.sql.conf", "executeInTransaction=maybe");
        fails(terminal.upgrade(), Code.ScriptInvalid, "V2__a.sql.conf:1: executeInTransaction is neither");
    }

    @Test
    void a_repeatable_with_the_time_in_it_runs_every_time() throws SQLException, InterruptedException {
        terminal.script("V1__notes.sql", NOTES)
                .script("R__stamp.sql", "insert into notes values ('x'); -- ${flyway:timestamp}");
        succeeds(terminal.upgrade());
        Thread.sleep(1100);

        succeeds(terminal.upgrade());

        assertThat(database().ask("select count(*) from notes")).isEqualTo("2");
        Thread.sleep(1100);
        assertThat(twins.flyway(database()).migrate().migrationsExecuted).isOne();
        Thread.sleep(1100);
        assertThat(twins.flyway(database()).validateWithResult().validationSuccessful)
                .isFalse();
        assertThat(terminal.show("validate").out()).isEqualTo("valid: 1 applied, 1 pending\n");
    }

    @Test
    void a_changed_value_runs_a_repeatable_again_and_leaves_a_version_alone() throws SQLException {
        told(Map.of("text", "one"))
                .script("V1__notes.sql", NOTES + "-- ${text}")
                .script("R__note.sql", "insert into notes values ('${text}');")
                .migrate();

        told(Map.of("text", "two")).migrate().flywayFindsNothingToDo();

        assertThat(database().column("select text from notes")).containsExactly("one", "two");
    }

    @Test
    void a_repeatable_whose_placeholders_come_to_count_is_run_again() throws SQLException {
        twins.script("V1__notes.sql", NOTES)
                .script("R__note.sql", "insert into notes values ('${text}');")
                .script("R__note.sql.conf", "placeholderReplacement=false")
                .migrate();
        terminal.without("R__note.sql.conf");

        succeeds(told(Map.of("text", "one")).upgrade());

        assertThat(database().column("select text from notes")).containsExactly("${text}", "one");
        told(Map.of("text", "one")).flywayFindsNothingToDo();
    }

    @Test
    void the_environment_names_placeholders_too() throws SQLException {
        terminal.script("V1__notes.sql", NOTES + "insert into notes values ('${a}${b}${c}');");

        succeeds(terminal.upgrade("--placeholders-from-environment=a=1,b=2=2", "--placeholder=c=3,4"));

        assertThat(database().ask("select text from notes")).isEqualTo("12=23,4");
        fails(terminal.upgrade("--placeholders-from-environment=a"), Code.Usage, "LOCKSTEP_PLACEHOLDERS");
    }

    @Test
    void lint_and_lines_see_the_text_that_is_run() throws SQLException {
        terminal.script("V1__notes.sql", NOTES);
        succeeds(terminal.upgrade());
        terminal.script("V2__less.sql", "${verb} notes;");

        var held = terminal.upgrade("--placeholder=verb=drop table");

        assertThat(held.exit()).as(held.all()).isEqualTo(Code.ApprovalNeeded.exit());
        assertThat(database().ask("select count(*) from notes")).isEqualTo("0");
    }
}
