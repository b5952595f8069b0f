package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A table while it is altered.
final class Draft {
    private final CreateTable before;
    private CreateTable table;
    private final List<String> added = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Attributes attributes = new Attributes(this);
    private final List<String> parents = new ArrayList<>();
    private final List<String> natives = new ArrayList<>();
    private boolean copies;

    Draft(CreateTable table) {
        this.before = table;
        this.table = table;
    }

    Change change() throws Refusal {
        if (table.columns().findAny().isEmpty()) {
            throw Objection.of("table " + table.name() + " would have no column left", "drop the table");
        }
        if (copies) {
            return new Transfers(before, table, added, attributes.using()).copy(gone, attributes.fits(), parents);
        }
        return natives.isEmpty() ? new Change.Nothing() : new Change.Native(natives);
    }

    void apply(Action action) throws Refusal {
        switch (action) {
            case Action.AddColumn add -> addColumn(add);
            case Action.DropColumn drop -> dropColumn(drop);
            case Action.AddConstraint add -> addConstraint(add.clause());
            case Action.DropConstraint drop -> dropConstraint(drop);
            case Action.RenameConstraint rename -> renameConstraint(rename);
            case Action.ValidateConstraint valid -> Constraint.require(table, valid.name());
            case Action.SetType type -> attributes.setType(type);
            case Action.SetClause set -> attributes.setClause(set);
            case Action.DropClause drop -> attributes.dropClause(drop);
        }
    }

    Member.Column column(String name) throws Refusal {
        var column = table.column(name);
        if (column.isEmpty()) {
            throw Objection.of("table " + table.name() + " has no column " + name, "name one that it has");
        }
        return column.get();
    }

    void replace(String name, UnaryOperator<Member.Column> other) {
        table = table.with(table.entries().stream()
                .map(entry -> entry.member() instanceof Member.Column column && Names.same(column.name(), name)
                        ? entry.with(other.apply(column))
                        : entry)
                .toList());
    }

    CreateTable table() {
        return table;
    }

    void copies() {
        copies = true;
    }

    private void insert(int at, Member member) {
        var entries = new ArrayList<>(table.entries());
        entries.add(
                at,
                at == 0
                        ? new Entry("", member, "", ",", "")
                        : entries.get(at - 1).sibling(member));
        table = table.with(entries);
    }

    private void addColumn(Action.AddColumn add) throws Refusal {
        var column = add.column();
        if (table.column(column.name()).isPresent()) {
            if (add.ifNotExists()) {
                return;
            }
            throw Objection.of(
                    "table " + table.name() + " already has a column " + column.name(),
                    "choose another name, or write ADD COLUMN IF NOT EXISTS");
        }
        if (column.has(Kind.PrimaryKey)) {
            refuseSecondKey();
        }
        insert((int) table.columns().count(), column);
        if (column.has(Kind.PrimaryKey) && !table.keyKeepsNullOut()) {
            requireValues(List.of(column.name()));
        }
        added.add(Names.fold(column.name()));
        column.clause(Kind.ForeignKey).flatMap(Clause::parent).ifPresent(parents::add);
        natively(Natively.adds(column), "add column " + column.text());
    }

    void natively(boolean can, String action) {
        natives.add(action);
        copies |= !can;
    }

    private void refuseSecondKey() throws Refusal {
        if (!table.primaryKey().isEmpty()) {
            throw Objection.of("table " + table.name() + " already has a primary key", "drop that one first");
        }
    }

    private void dropColumn(Action.DropColumn drop) throws Refusal {
        if (table.column(drop.column()).isEmpty() && drop.ifExists()) {
            return;
        }
        var name = column(drop.column()).name();
        dropComputed(name, drop.cascade());
        var all = Constraint.all(table);
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).concerns(name)) {
                remove(all.get(i));
            }
        }
        removeEntry(table.entries().stream()
                .map(entry -> entry.member() instanceof Member.Column column ? column.name() : "")
                .toList()
                .indexOf(name));
        gone.add(name);
        copies = true;
    }

    private void dropComputed(String name, boolean cascade) throws Refusal {
        for (var other : table.columns().toList()) {
            if (Natively.computes(other, name)) {
                if (!cascade) {
                    throw Objection.of(
                            "column " + other.name() + " of table " + table.name() + " is computed from " + name,
                            "drop it too, or write CASCADE");
                }
                dropColumn(new Action.DropColumn(other.name(), true, true));
            }
        }
    }

    private void remove(Constraint constraint) throws Refusal {
        if (constraint.clause().is(Kind.PrimaryKey)) {
            keepNullOut();
        }
        switch (table.entries().get(constraint.entry()).member()) {
            case Member.Rule rule -> removeEntry(constraint.entry());
            case Member.Column column ->
                replace(column.name(), other -> other.without(clause -> clause.equals(constraint.clause())));
        }
    }

    private void removeEntry(int at) {
        var entries = new ArrayList<>(table.entries());
        var removed = entries.remove(at);
        if (at == 0
                && !entries.isEmpty()
                && (removed.lead() + entries.getFirst().lead()).isBlank()) {
            var first = entries.getFirst();
            entries.set(0, new Entry(removed.lead(), first.member(), first.trail(), first.comma(), first.note()));
        }
        table = table.with(entries);
    }

    /// A column stays NOT NULL when the primary key that made it so is gone, as in PostgreSQL.
    private void keepNullOut() throws Refusal {
        if (table.withoutRowid()) {
            throw Objection.of(
                    "table " + table.name() + " is WITHOUT ROWID and has to have its primary key",
                    "create a new table and move the rows");
        }
        if (table.keyKeepsNullOut()) {
            requireValues(table.primaryKey());
        }
    }

    void requireValues(List<String> columns) {
        for (var name : columns) {
            replace(
                    name,
                    column -> column.has(Kind.NotNull) ? column : column.with(Clause.of(Kind.NotNull, "NOT NULL")));
        }
    }

    private void addConstraint(Clause clause) throws Refusal {
        Constraint.refuseTaken(table, clause.name());
        for (var name : clause.columns()) {
            column(name);
        }
        if (clause.is(Kind.PrimaryKey)) {
            refuseSecondKey();
        }
        insert(table.entries().size(), new Member.Rule(clause));
        if (clause.is(Kind.PrimaryKey) && !table.keyKeepsNullOut()) {
            requireValues(clause.columns());
        }
        if (clause.is(Kind.ForeignKey)) {
            clause.parent().ifPresent(parents::add);
        }
        natively(clause.is(Kind.Check), "add " + clause.text());
    }

    private void dropConstraint(Action.DropConstraint drop) throws Refusal {
        if (drop.ifExists() && Constraint.find(table, drop.name()).isEmpty()) {
            return;
        }
        var found = Constraint.require(table, drop.name());
        remove(found);
        boolean named = found.clause().is(Kind.Check) && found.clause().name().isPresent();
        natively(named && !before.hasComment(), "drop constraint " + Names.quoted(drop.name()));
    }

    private void renameConstraint(Action.RenameConstraint rename) throws Refusal {
        var found = Constraint.require(table, rename.from());
        Constraint.refuseTaken(table, Optional.of(rename.to().name()));
        var renamed = found.clause().renamed(rename.to());
        var entries = new ArrayList<>(table.entries());
        var entry = entries.get(found.entry());
        entries.set(
                found.entry(),
                switch (entry.member()) {
                    case Member.Rule rule -> entry.with(new Member.Rule(renamed));
                    case Member.Column column -> entry.with(column.swapped(found.clause(), renamed));
                });
        table = table.with(entries);
        copies = true;
    }
}
