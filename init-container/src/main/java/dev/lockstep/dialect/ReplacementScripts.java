package dev.lockstep.dialect;

import static dev.lockstep.dialect.Keeping.each;
import static dev.lockstep.dialect.Keeping.operand;

import dev.lockstep.dialect.Recipe.Replacement;
import java.util.List;
import java.util.Map;

/// The scripts by which a column gives way to others.
final class ReplacementScripts {
    private final Replacement it;
    private final Keeping keeping;
    private final Blanks blanks;

    ReplacementScripts(Replacement it, Keeping keeping) {
        this.it = it;
        this.keeping = keeping;
        this.blanks = new Blanks(Map.of(
                "table", it.table().sql(),
                "old", it.old().sql(),
                "news", each(it, ", ", column -> column.name().sql()),
                "was", it.was().orElse(""),
                "back", operand(it.back(), it),
                "made", each(it, ", ", column -> column.name().sql() + " = " + operand(column.from(), it)),
                "empty", each(it, " and ", column -> column.name().sql() + " is null"),
                "known", each(it, " or ", column -> operand(column.from(), it) + " is not null")));
    }

    List<RecipeScript> all() {
        return List.of(
                RecipeScript.expand(expand(), shrink()),
                RecipeScript.migrate("migrate", migrate(), RecipeScript.NOTHING_TO_TAKE_BACK),
                RecipeScript.contract(
                        blanks.fill("first deploy the release that uses {news} and no longer {old}"),
                        keeping.end() + blanks.fill("alter table {table} drop column {old};\n"),
                        giveBack()));
    }

    private String expand() {
        return keeping.admit()
                + each(it, "", column -> add(column.name(), column.type()))
                + keeping.begin()
                + blanks.fill("""

                        -- Changes nothing: asks whether the conversions can be understood before the application's writes depend on
                        -- them. Where this fails, say them otherwise (--using, --to, --back).
                        update {table} set {made}, {old} = {back} where false;
                        """);
    }

    private String shrink() {
        return keeping.end()
                + each(
                        it,
                        "",
                        column -> blanks.fill("alter table {table} drop column ")
                                + column.name().sql() + ";\n")
                + keeping.dismiss();
    }

    private String add(Identifier name, String type) {
        return blanks.fill("alter table {table} add column ") + name.sql() + " " + type + ";\n";
    }

    private String migrate() {
        return blanks.fill("""
                -- Rows that were written since the script before have their values.
                update {table} set {made}
                where {empty} and ({known});
                """);
    }

    private String giveBack() {
        return blanks.fill("""
                        alter table {table} add column {old} {was};
                        update {table} set {old} = {back} where {back} is not null;
                        """) + keeping.restoreRule() + keeping.begin();
    }
}
