package dev.lockstep.dialect;

import dev.lockstep.dialect.Recipe.Requirement;
import java.util.List;
import java.util.Map;

/// NOT NULL where a trigger can only correct a row that has been written.
final class SqliteRequirement {
    private final Blanks blanks;

    SqliteRequirement(Requirement it) {
        var table = it.table();
        this.blanks = new Blanks(Map.of(
                "table", table.sql(),
                "column", it.column().sql(),
                "value", it.value(),
                "onInsert", table.serving("lockstep_", it.column(), "_insert").sql(),
                "onUpdate", table.serving("lockstep_", it.column(), "_update").sql()));
    }

    List<RecipeScript> all() {
        return List.of(
                RecipeScript.expand(begin(), end()),
                RecipeScript.migrate(
                        "migrate",
                        blanks.fill("update {table} set {column} = ({value}) where {column} is null;\n"),
                        RecipeScript.NOTHING_TO_TAKE_BACK),
                RecipeScript.contract(
                        blanks.fill("first deploy the release that always writes {column}"),
                        end() + blanks.fill("alter table {table} alter column {column} set not null;\n"),
                        blanks.fill("alter table {table} alter column {column} drop not null;\n") + begin()));
    }

    private String begin() {
        return blanks.fill("""
                -- Code that does not know yet that {column} is required gets this value.
                create trigger {onInsert} after insert on {table} when new.{column} is null begin
                  update {table} set {column} = ({value}) where rowid = new.rowid;
                end;
                create trigger {onUpdate} after update of {column} on {table} when new.{column} is null begin
                  update {table} set {column} = ({value}) where rowid = new.rowid;
                end;

                -- Changes nothing: asks whether the triggers can be understood before the application's writes depend on them.
                update {table} set {column} = ({value}) where false;
                """);
    }

    private String end() {
        return blanks.fill("drop trigger {onInsert};\ndrop trigger {onUpdate};\n");
    }
}
