package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// ALTER COLUMN.
final class Attributes {
    private final Draft draft;
    private final Map<String, String> using = new HashMap<>();
    private final List<Change.Fit> fits = new ArrayList<>();

    Attributes(Draft draft) {
        this.draft = draft;
    }

    /// Folded column → expression over the old row.
    Map<String, String> using() {
        return using;
    }

    /// Columns whose type is a number's now.
    List<Change.Fit> fits() {
        return fits;
    }

    void setType(Action.SetType set) throws Refusal {
        var column = draft.column(set.column());
        boolean number = draft.table()
                .rowidAlias()
                .filter(alias -> Names.same(alias, column.name()))
                .isPresent();
        var type = number && Numbers.whole(set.type()) ? column.type() : set.type();
        if (number && !type.equals(column.type())) {
            refuseCounting(column);
            draft.requireValues(List.of(column.name()));
        }
        draft.replace(column.name(), other -> other.withType(type));
        set.collation().ifPresent(collation -> draft.replace(column.name(), other -> other.replacing(collation)));
        set.using().ifPresent(expression -> using.put(Names.fold(column.name()), expression));
        boolean changed =
                !draft.column(column.name()).equals(column) || set.using().isPresent();
        if (changed && Numbers.number(type) && !column.has(Kind.Generated)) {
            fits.add(new Change.Fit(column.name(), type, !Numbers.whole(type)));
        }
        if (changed) {
            draft.copies();
        }
    }

    private void refuseCounting(Member.Column column) throws Refusal {
        if (draft.table().counts()) {
            throw Objection.of(
                    "column " + column.name() + " of table " + draft.table().name()
                            + " is AUTOINCREMENT and has to be an INTEGER",
                    "create a new table and move the rows");
        }
    }

    void setClause(Action.SetClause set) throws Refusal {
        var column = draft.column(set.column());
        var clause = set.clause();
        boolean generated = column.has(Kind.Generated);
        if (clause.is(Kind.Generated) && !generated || clause.is(Kind.Default) && generated) {
            throw Objection.of(
                    "column " + column.name() + " of table " + draft.table().name()
                            + (generated ? " is computed" : " is not computed"),
                    "name another column");
        }
        if (clause.is(Kind.NotNull)) {
            if (!column.has(Kind.NotNull)) {
                draft.replace(
                        column.name(),
                        other -> other.without(c -> c.is(Kind.Null)).with(clause));
                draft.natively(
                        !column.has(Kind.Null) && clause.name().isEmpty(),
                        "alter column " + column.label() + " set not null");
            }
            return;
        }
        draft.replace(column.name(), other -> other.replacing(Natively.expressed(other, clause)));
        if (!draft.column(column.name()).equals(column)) {
            draft.copies();
        }
    }

    void dropClause(Action.DropClause drop) throws Refusal {
        var column = draft.column(drop.column());
        if (drop.required() && !column.has(drop.kind())) {
            throw Objection.of(
                    "column " + column.name() + " of table " + draft.table().name() + " is not computed",
                    "name another column, or write IF EXISTS");
        }
        if (drop.kind() == Kind.NotNull && Names.in(draft.table().primaryKey(), column.name())) {
            throw Objection.of(
                    "column " + column.name() + " of table " + draft.table().name() + " is in the primary key",
                    "drop the primary key first");
        }
        if (column.has(drop.kind())) {
            draft.replace(column.name(), other -> other.without(clause -> clause.is(drop.kind())));
            boolean plain = drop.kind() == Kind.NotNull && !draft.table().hasComment();
            draft.natively(plain, "alter column " + column.label() + " drop not null");
        }
    }
}
