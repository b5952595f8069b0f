package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A constraint where it stands.
///
/// @param entry index of its member
/// @param columns that it is about
record Constraint(int entry, Clause clause, List<String> columns) {
    Constraint {
        columns = List.copyOf(columns);
    }

    /// The one of this name, or the unnamed one to which PostgreSQL would have given it.
    ///
    /// @throws Refusal if several could be meant
    static Optional<Constraint> find(CreateTable table, String name) throws Refusal {
        var all = all(table);
        var named = all.stream()
                .filter(one ->
                        one.clause.name().filter(own -> Names.same(own, name)).isPresent())
                .toList();
        var meant = named.isEmpty()
                ? all.stream()
                        .filter(one -> one.clause.name().isEmpty() && Names.same(one.defaultName(table.name()), name))
                        .toList()
                : named;
        if (meant.size() > 1) {
            throw Objection.of(
                    "table " + table.name() + " has several constraints that " + name + " could mean",
                    "name the constraints where the table is created");
        }
        return meant.stream().findFirst();
    }

    /// @throws Refusal if there is none
    static Constraint require(CreateTable table, String name) throws Refusal {
        var found = find(table, name);
        if (found.isEmpty()) {
            throw Objection.of(
                    "table " + table.name() + " has no constraint " + name,
                    "name one that it has, or write IF EXISTS where it is dropped");
        }
        return found.get();
    }

    static void refuseTaken(CreateTable table, Optional<String> name) throws Refusal {
        for (var one : all(table)) {
            if (name.isPresent()
                    && one.clause
                            .name()
                            .filter(own -> Names.same(own, name.get()))
                            .isPresent()) {
                throw Objection.of(
                        "table " + table.name() + " already has a constraint " + name.get(), "choose another name");
            }
        }
    }

    /// Source: PostgreSQL's `ChooseConstraintName` and its callers.
    private String defaultName(String table) {
        var about = columns.isEmpty() ? "" : "_" + String.join("_", columns);
        return switch (clause.kind()) {
            case PrimaryKey -> table + "_pkey";
            case Unique -> table + about + "_key";
            case ForeignKey -> table + about + "_fkey";
            case Check -> table + (columns.size() == 1 ? about : "") + "_check";
            case NotNull -> table + about + "_not_null";
            case Null, Default, Collate, Generated, Empty -> "";
        };
    }

    static List<Constraint> all(CreateTable table) {
        var all = new ArrayList<Constraint>();
        for (int i = 0; i < table.entries().size(); i++) {
            switch (table.entries().get(i).member()) {
                case Member.Rule rule -> all.add(new Constraint(i, rule.clause(), about(table, rule.clause())));
                case Member.Column column -> {
                    for (var clause : column.clauses()) {
                        if (clause.isConstraint()) {
                            all.add(new Constraint(i, clause, about(table, column, clause)));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<String> about(CreateTable table, Clause rule) {
        return rule.is(Kind.Check)
                ? table.columns()
                        .map(Member.Column::name)
                        .filter(name -> Names.mentions(rule.text(), name))
                        .toList()
                : rule.columns();
    }

    private static List<String> about(CreateTable table, Member.Column column, Clause clause) {
        return clause.is(Kind.Check) ? about(table, clause) : List.of(column.name());
    }

    /// Is the column one of those that it is about?
    boolean concerns(String column) {
        return Names.in(columns, column);
    }
}
