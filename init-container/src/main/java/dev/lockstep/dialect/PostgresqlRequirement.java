package dev.lockstep.dialect;

import dev.lockstep.dialect.Recipe.Requirement;
import java.util.List;
import java.util.Map;

/// NOT NULL without a scan under a lock that keeps readers out: a CHECK that is NOT VALID takes a moment,
/// validating it lets others read and write, and SET NOT NULL believes a valid CHECK.
/// Source: PostgreSQL documentation, ALTER TABLE, "SET NOT NULL".
final class PostgresqlRequirement {
    private final Blanks blanks;

    PostgresqlRequirement(Requirement it) {
        var table = it.table();
        this.blanks = new Blanks(Map.of(
                "table", table.sql(),
                "row", table.name().sql(),
                "column", it.column().sql(),
                "value", it.value(),
                "rule", table.serving("lockstep_", it.column(), "").sql(),
                "function", table.beside(table.serving("lockstep_", it.column(), "")),
                "trigger", table.serving("zz_lockstep_", it.column(), "").sql()));
    }

    List<RecipeScript> all() {
        return List.of(
                RecipeScript.expand(begin(), end()),
                RecipeScript.migrate(
                        "migrate",
                        blanks.fill("update {table} set {column} = ({value}) where {column} is null;\n"),
                        RecipeScript.NOTHING_TO_TAKE_BACK),
                RecipeScript.migrate(
                        "require",
                        "-- Rows that are there are not looked at yet, so this takes a moment.\n" + rule(" not valid"),
                        dropRule()),
                RecipeScript.migrate("validate", blanks.fill("""
                                -- Looks at every row while others read and write.
                                alter table {table} validate constraint {rule};
                                """), dropRule() + rule(" not valid")),
                RecipeScript.contract(
                        blanks.fill("first deploy the release that always writes {column}"),
                        contract(),
                        blanks.fill("alter table {table} alter column {column} drop not null;\n")
                                + rule("")
                                + begin()));
    }

    private String rule(String validity) {
        return blanks.fill("alter table {table} add constraint {rule} check ({column} is not null)") + validity + ";\n";
    }

    private String dropRule() {
        return blanks.fill("alter table {table} drop constraint {rule};\n");
    }

    private String contract() {
        return blanks.fill("""
                -- The valid CHECK spares SET NOT NULL its own look at every row, so they are two statements.
                alter table {table} alter column {column} set not null;
                """) + dropRule() + end();
    }

    private String begin() {
        return blanks.fill("""
                -- Code that does not know yet that {column} is required gets this value.
                create function {function}() returns trigger language plpgsql as $lockstep$
                #variable_conflict use_column
                begin
                  select ({value}) into new.{column} from (select new.*) as {row};
                  return new;
                end
                $lockstep$;
                -- zz: triggers fire in the order of their names, and this one has to see what others have written.
                create trigger {trigger} before insert or update on {table}
                  for each row when (new.{column} is null) execute function {function}();

                -- Changes nothing: asks whether the value can be understood before the application's writes depend on it.
                update {table} set {column} = ({value}) where false;
                """);
    }

    private String end() {
        return blanks.fill("drop trigger {trigger} on {table};\ndrop function {function}();\n");
    }
}
