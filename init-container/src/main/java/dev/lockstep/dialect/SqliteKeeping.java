package dev.lockstep.dialect;

import static dev.lockstep.dialect.Keeping.each;
import static dev.lockstep.dialect.Keeping.operand;

import dev.lockstep.dialect.Recipe.Column;
import dev.lockstep.dialect.Recipe.Replacement;
import java.util.Map;

/// SQLite's triggers cannot assign to the row that is being written, they update it afterwards. Each such
/// update fires the trigger of the other side, which finds both sides in step and does nothing.
///
/// `collate binary`, because what a column's own collation takes for equal is a change nevertheless.
final class SqliteKeeping implements Keeping {
    private static final String BUT = " collate binary is not ";

    private final Replacement it;
    private final Blanks names;
    private final Blanks blanks;

    SqliteKeeping(Replacement it) {
        this.it = it;
        var table = it.table();
        this.names = new Blanks(Map.of(
                "table", table.sql(),
                "old", it.old().sql(),
                "news", each(it, ", ", column -> column.name().sql()),
                "literal", literal(table.name().name()),
                "name", literal(it.old().name()),
                "onInsert", table.serving("lockstep_", it.old(), "_insert").sql(),
                "onOld", table.serving("lockstep_", it.old(), "_old").sql(),
                "onNew", table.serving("lockstep_", it.old(), "_new").sql(),
                "refused",
                        literal("NOT NULL constraint failed: " + table.name().name() + "."
                                + it.old().name())));
        this.blanks = names.with(Map.of(
                "made", each(it, ", ", column -> column.name().sql() + " = " + operand(column.from(), it)),
                "absent", each(it, " and ", column -> "new." + column.name().sql() + " is null"),
                "changed", each(it, " or ", SqliteKeeping::changed),
                "apart", each(it, " or ", column -> column.name().sql() + BUT + operand(column.from(), it)),
                "back", operand(it.back(), it)));
    }

    private static String changed(Column column) {
        var name = column.name().sql();
        return "new." + name + BUT + "old." + name;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// A trigger comes too late for the NOT NULL of a column that was left out, so the rule is lifted and
    /// kept by the triggers.
    @Override
    public String admit() {
        if (it.required()) {
            return blanks.fill("""
                    -- Code that knows {news} leaves {old} out, and a trigger comes too late for its NOT NULL: from here on
                    -- the triggers keep that rule.
                    alter table {table} alter column {old} drop not null;
                    """);
        }
        return blanks.fill("""
                -- Fails where {old} is NOT NULL and has no default, for then code that knows {news} alone could insert
                -- nothing. Have these scripts written again with --required.
                select json('NOT NULL') from pragma_table_info({literal})
                where name = {name} collate nocase and "notnull" = 1 and dflt_value is null;
                """);
    }

    @Override
    public String dismiss() {
        return it.required() ? blanks.fill("alter table {table} alter column {old} set not null;\n") : "";
    }

    @Override
    public String begin() {
        return blanks.fill("""

                -- Keep {old} and {news} in step, whichever release writes.
                create trigger {onInsert} after insert on {table} begin
                  -- Written by code that knows {old} alone.
                  update {table} set {made} where rowid = new.rowid and {absent};
                  -- Written by code that knows {news}.
                  update {table} set {old} = {back} where rowid = new.rowid and not ({absent}) and ({apart});
                %1$send;
                create trigger {onOld} after update of {old} on {table}
                when new.{old} collate binary is not old.{old} and not ({changed}) begin
                  update {table} set {made} where rowid = new.rowid and {old} collate binary is not {back};
                %1$send;
                create trigger {onNew} after update of {news} on {table}
                when {changed} begin
                  -- A row that is only being filled keeps its {old} as it is.
                  update {table} set {old} = {back} where rowid = new.rowid and ({apart});
                %1$send;
                """.formatted(rule()));
    }

    private static final String RULE =
            "  select raise(abort, {refused}) where (select {old} from {table} where rowid = new.rowid) is null;\n";

    private String rule() {
        return it.required() ? RULE : "";
    }

    @Override
    public String end() {
        return names.fill("drop trigger {onInsert};\ndrop trigger {onOld};\ndrop trigger {onNew};\n");
    }

    /// It stays lifted until the triggers go.
    @Override
    public String restoreRule() {
        return "";
    }
}
