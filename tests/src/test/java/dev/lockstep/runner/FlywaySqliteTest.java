package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A Flyway project on SQLite.
final class FlywaySqliteTest extends FlywayConformance {
    @Override
    Bed bed(String name) {
        return new Bed.Sqlite(folder.resolve(name + ".db"));
    }

    @Test
    void functions_that_scripts_use_today_are_there() throws SQLException {
        twins.script("V1__a.sql", "create table t (x text); insert into t values (cast(unhex('4142') as text));");

        twins.migrate().flywayFindsNothingToDo();

        assertThat(database().ask("select x from t")).isEqualTo("AB");
    }

    @Test
    void a_function_that_only_the_application_registers_is_named_with_its_line() {
        twins.script("V1__a.sql", "create table t (x text);\ninsert into t values (slug('a b'));");

        var result = twins.upgrade();

        fails(result, Code.StatementFailed, "V1__a.sql:2: ");
        assertThat(result.err()).contains("no such function: slug");
        flywayFails();
    }

    @Test
    void foreign_keys_are_switched_outside_a_transaction_and_beside_nothing_else() throws SQLException {
        twins.script("V1__a.sql", """
                        create table p (id integer primary key);
                        create table c (p int references p on delete cascade);
                        insert into p values (1), (2);
                        insert into c values (1), (2);
                        """)
                .script("V2__on.sql", "pragma foreign_keys = on;")
                .script("V3__less.sql", "delete from p where id = 1;");
        twins.migrate().flywayFindsNothingToDo();

        twins.script("V4__both.sql", "pragma foreign_keys = on;\ninsert into c values (2);");
        fails(twins.upgrade(), Code.ScriptInvalid, "V4__both.sql:1: cannot be parsed: ");
        flywayFails();

        for (var bed : List.of(database(), twins.other())) {
            assertThat(bed.column("select p from c")).containsExactly("2");
        }
        twins.alike();
    }

    @Test
    void what_flyway_begins_a_transaction_around_though_it_bears_none_runs() throws SQLException {
        twins.script("V1__a.sql", "vacuum;").script("V2__b.sql", "pragma journal_mode = wal;");
        flywayFails();

        succeeds(twins.upgrade());

        assertThat(database().ask("pragma journal_mode")).isEqualTo("wal");
        twins.flywayFindsNothingToDo();
    }

    @Test
    void rows_that_refer_to_nothing_pass_flyway_alone() throws SQLException {
        twins.script("V1__a.sql", "create table p (id integer primary key); create table c (p int references p);")
                .migrate()
                .script("V2__b.sql", "insert into c values (7);");
        fails(twins.upgrade(), Code.StatementFailed, "V2__b.sql:1: rows of table c refer to rows of p");
        twins.flyway(database()).migrate();
        twins.flyway(twins.other()).migrate();

        twins.script("V3__c.sql", "create table d (x int);").migrate();
        twins.alike();
    }

    @Test
    void the_database_has_no_name_to_put_into_scripts() {
        terminal.script("V1__a.sql", "select '${flyway:database}';");

        fails(twins.upgrade(), Code.ScriptInvalid, "V1__a.sql:1: the placeholder ${flyway:database} has no value");
        flywayFails();
    }
}
