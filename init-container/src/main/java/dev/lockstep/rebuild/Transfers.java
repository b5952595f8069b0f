package dev.lockstep.rebuild;

import dev.lockstep.rebuild.Change.Transfer;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of an old row goes where in the new one.
///
/// @param added columns without a past, folded
/// @param using folded column → expression over the old row
record Transfers(CreateTable before, CreateTable after, List<String> added, Map<String, String> using) {
    /// Source: SQLite documentation, "ROWIDs and the INTEGER PRIMARY KEY".
    private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

    Change.Copy copy(List<String> gone, List<Change.Fit> fits, List<String> parents) {
        var transfers = new ArrayList<Transfer>();
        var number = number();
        number.ifPresent(transfers::add);
        var hidden = number.map(Transfer::source);
        after.columns()
                .filter(column -> !column.has(Kind.Generated) && !isNew(column.name()))
                .map(column -> new Transfer(Names.quoted(column.name()), source(column.name())))
                .forEach(transfers::add);
        return new Change.Copy(before, after, transfers, gone, fits, numbered(), hidden, parents);
    }

    private String source(String column) {
        return using.getOrDefault(Names.fold(column), Names.quoted(column));
    }

    private boolean isNew(String column) {
        return added.contains(Names.fold(column));
    }

    /// Rows keep their number. A new column that is the number under another name shows it.
    private Optional<Transfer> number() {
        if (before.withoutRowid() || after.withoutRowid()) {
            return Optional.empty();
        }
        var hidden = ROW_NUMBERS.stream().filter(name -> isFree(before, name));
        var alias = after.rowidAlias();
        if (alias.isPresent()) {
            return alias.filter(this::isNew)
                    .flatMap(column -> hidden.findFirst().map(name -> new Transfer(Names.quoted(column), name)));
        }
        return hidden.filter(name -> isFree(after, name)).findFirst().map(name -> new Transfer(name, name));
    }

    private static boolean isFree(CreateTable table, String name) {
        return table.column(name).isEmpty();
    }

    private Optional<String> numbered() {
        return after.rowidAlias()
                .filter(column -> !isNew(column))
                .filter(column -> before.rowidAlias()
                        .filter(old -> Names.same(old, column))
                        .isEmpty());
    }
}
