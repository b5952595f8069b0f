package dev.lockstep.dialect;

import static dev.lockstep.dialect.Keeping.each;
import static dev.lockstep.dialect.Keeping.operand;

import dev.lockstep.dialect.Recipe.Replacement;
import java.util.Map;

/// A trigger before each row. The conversions are asked of a table that has the new row alone, so that they
/// read as they would over the table itself.
///
/// Bytes are compared (`*<>`), not values: `json` has no equality, and what is equal to a database that
/// ignores case is a change nevertheless. PostgreSQL fires triggers in the order of their names, and this
/// one has to see what the others have made of the row, hence `zz`.
final class PostgresqlKeeping implements Keeping {
    private final Replacement it;
    private final Blanks blanks;

    PostgresqlKeeping(Replacement it) {
        this.it = it;
        var table = it.table();
        this.blanks = new Blanks(Map.ofEntries(
                Map.entry("table", table.sql()),
                Map.entry("row", table.name().sql()),
                Map.entry("function", table.beside(table.serving("lockstep_", it.old(), ""))),
                Map.entry("trigger", table.serving("zz_lockstep_", it.old(), "").sql()),
                Map.entry("old", it.old().sql()),
                Map.entry("news", each(it, ", ", column -> column.name().sql())),
                Map.entry(
                        "written",
                        each(it, ", ", column -> "new." + column.name().sql())),
                Map.entry(
                        "before",
                        each(it, ", ", column -> "old." + column.name().sql())),
                Map.entry(
                        "made",
                        each(it, ", ", column -> "cast(" + operand(column.from(), it) + " as " + column.type() + ")")),
                Map.entry("from", each(it, ", ", column -> operand(column.from(), it))),
                Map.entry("back", operand(it.back(), it))));
    }

    /// A trigger gives the old column its value before its NOT NULL is looked at.
    @Override
    public String admit() {
        return "";
    }

    @Override
    public String dismiss() {
        return "";
    }

    @Override
    public String begin() {
        return blanks.fill("""

                -- Keeps {old} and {news} in step, whichever release writes.
                create function {function}() returns trigger language plpgsql as $lockstep$
                #variable_conflict use_column
                begin
                  if row({written})::record *<> row({before})::record then
                    -- Written by code that knows {news}. A row that is only being filled keeps its {old} as it is.
                    if (select row({news})::record *<> row({made})::record from (select new.*) as {row}) then
                      select {back} into new.{old} from (select new.*) as {row};
                    end if;
                  elsif tg_op = 'INSERT' or row(new.{old})::record *<> row(old.{old})::record then
                    -- Written by code that knows {old} alone.
                    select {from} into {written} from (select new.*) as {row};
                  end if;
                  return new;
                end
                $lockstep$;
                -- zz: triggers fire in the order of their names, and this one has to see what others have written.
                create trigger {trigger} before insert or update on {table}
                  for each row execute function {function}();
                """);
    }

    @Override
    public String end() {
        return blanks.fill("""
                drop trigger {trigger} on {table};
                drop function {function}();
                """);
    }

    @Override
    public String restoreRule() {
        return it.required() ? blanks.fill("alter table {table} alter column {old} set not null;\n") : "";
    }
}
