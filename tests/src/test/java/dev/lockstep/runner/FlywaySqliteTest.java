package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.sql.SQLException;
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
}
