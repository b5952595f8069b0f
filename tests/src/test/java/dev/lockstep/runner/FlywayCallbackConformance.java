package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Callbacks run when and how Flyway runs them.
abstract class FlywayCallbackConformance extends FlywayTextConformance {
    private static final List<String> EVENTS = List.of(
            "beforeMigrate",
            "beforeEachMigrate",
            "afterEachMigrate",
            "beforeRepeatables",
            "afterVersioned",
            "afterMigrateApplied",
            "afterMigrate",
            "afterMigrateOperationFinish");

    private void told() {
        var told = "create table if not exists told (what varchar(99)); insert into told values ('%s');";
        for (var event : EVENTS) {
            if (isSqlite() && List.of("beforeRepeatables", "afterVersioned").contains(event)) {
                continue; // Flyway runs them in a second session and is locked out by its first.
            }
            twins.script(event + ".sql", told.formatted(event + " ${flyway:filename}"))
                    .script("callbacks/" + event + "__b_two.sql", told.formatted(event + " b"))
                    .script(event + "__a.sql", told.formatted(event + " a"));
        }
        twins.script("beforeClean.sql", "boom").script("beforeMigrateNot.sql", "boom");
    }

    private void bothTold() throws SQLException {
        assertThat(database().column("select what from told"))
                .isNotEmpty()
                .isEqualTo(twins.other().column("select what from told"));
    }

    @Test
    void callbacks_run_in_flyways_order_with_steps_and_without() throws SQLException {
        told();
        twins.script("V1__a.sql", "insert into told values ('V1');")
                .script("V2__b.sql", "insert into told values ('V2');")
                .script("R__r.sql", "insert into told values ('R');");
        var first = twins.upgrade();
        succeeds(first);
        assertThat(first.err())
                .contains("warning: beforeClean.sql: is not run", "warning: beforeMigrateNot.sql: is not");
        twins.flyway(twins.other()).migrate();
        bothTold();

        succeeds(twins.upgrade());
        twins.flyway(twins.other()).migrate();
        bothTold();

        twins.script("V3__c.sql", "insert into told values ('V3');");
        twins.migrate();
        bothTold();
        assertThat(database().column("select state from lockstep_schema")).containsOnly("applied");
    }

    @Test
    void callbacks_that_need_a_step_leave_a_run_without_one_alone() throws SQLException {
        twins.script("V1__a.sql", "create table told (what varchar(99));")
                .script("afterEachMigrate.sql", "insert into told values ('each');");
        twins.migrate();

        assertThat(twins.upgrade().out()).contains("nothing to do");

        bothTold();
    }

    @Test
    void a_callback_that_fails_is_named_with_its_line_and_takes_its_script_along() throws SQLException {
        twins.script("V1__a.sql", "create table told (what varchar(99));")
                .script("sub/afterEachMigrate__x.sql", "\ninsert into told values ('each');\nboom;\n");

        fails(twins.upgrade(), Code.StatementFailed, "sub/afterEachMigrate__x.sql:3: ");
        assertThat(database().ask("select count(*) from flyway_schema_history")).isEqualTo("0");
        assertThat(database().column("select version from lockstep_schema")).doesNotContain("1");

        twins.script("sub/afterEachMigrate__x.sql", "").script("beforeMigrate.sql", "boom;");
        fails(twins.upgrade(), Code.StatementFailed, "beforeMigrate.sql:1: ");
    }

    @Test
    void moments_that_cannot_be_kept_exactly_are_refused_by_name() {
        terminal.script("V1__a.sql", "select 1;");
        for (var event : List.of("beforeValidate", "afterConnect", "createSchema", "afterMigrateError")) {
            terminal.script(event + "__x.sql", "select 1;");
            fails(terminal.upgrade(), Code.ScriptInvalid, event + "__x.sql:1: callbacks at " + event);
            terminal.without(event + "__x.sql");
        }
    }

    @Test
    void two_callbacks_of_one_name_are_an_error() {
        terminal.script("afterMigrate__x.sql", "").script("sub/afterMigrate__x.sql", "");

        fails(
                terminal.upgrade(),
                Code.ScriptInvalid,
                "sub/afterMigrate__x.sql:1: the callback is also afterMigrate__x.sql");
    }
}
