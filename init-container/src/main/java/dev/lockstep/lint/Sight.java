package dev.lockstep.lint;

import dev.lockstep.script.Script;
import dev.lockstep.script.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A script among the others: what came before it and what comes after.
///
/// @param earlier oldest first
/// @param later oldest first
/// @param fresh tables that nobody uses yet when it runs, its own among them; without schema
record Sight(String vendor, Script script, List<Script> earlier, List<Script> later, Set<String> fresh) {

    static Sight of(String vendor, Script script, List<Script> earlier, List<Script> later, Set<String> fresh) {
        var all = new HashSet<String>();
        fresh.forEach(table -> all.add(bare(table)));
        Verdict.of(script, fresh).creates().forEach(table -> all.add(bare(table)));
        return new Sight(vendor, script, List.copyOf(earlier), List.copyOf(later), Set.copyOf(all));
    }

    /// May the table have rows and users?
    boolean old(String table) {
        return !table.isEmpty() && !fresh.contains(bare(table));
    }

    static boolean same(String table, String other) {
        return bare(table).equals(bare(other));
    }

    static String bare(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// Statements of earlier scripts, then those of this one that stand before `line`.
    Stream<Statement> before(int line) {
        return Stream.concat(
                earlier.stream().flatMap(it -> it.statements().stream()),
                script.statements().stream().filter(it -> it.line() < line));
    }

    /// The type that a column has as far as the scripts say.
    Optional<ColumnType> typeOf(String table, String column, int line) {
        return before(line)
                .flatMap(statement -> types(statement, table, column).stream())
                .reduce((older, newer) -> newer);
    }

    private static List<ColumnType> types(Statement statement, String table, String column) {
        var types = new ArrayList<ColumnType>();
        if (Classifier.created(statement).filter(it -> same(it, table)).isPresent()) {
            members(statement).stream()
                    .filter(member -> member.tokens().getFirst().text().equals(column))
                    .forEach(member -> ColumnType.at(member, 1).ifPresent(types::add));
        }
        for (var action : Action.of(statement)) {
            if (same(action.table(), table) && action.member().equals(column)) {
                typed(action).ifPresent(types::add);
            }
        }
        return types;
    }

    private static Optional<ColumnType> typed(Action action) {
        if (action.addsColumn()) {
            int name = action.begins("add", "column") ? 2 : 1;
            return ColumnType.at(action.clause(), action.has("if", "not", "exists") ? name + 4 : name + 1);
        }
        return newType(action);
    }

    /// What `ALTER COLUMN … TYPE` makes of it.
    static Optional<ColumnType> newType(Action action) {
        for (int i = 2; action.begins("alter") && i < action.clause().tokens().size(); i++) {
            if (action.clause().hasAt(i, "type")) {
                return ColumnType.at(action.clause(), i + 1);
            }
        }
        return Optional.empty();
    }

    private static List<Statement> members(Statement create) {
        for (int i = 0; i < create.tokens().size(); i++) {
            if (create.hasAt(i, "(")) {
                var reader = new Reader(create, i + 1);
                var members = new ArrayList<Statement>();
                do {
                    if (reader.more()) {
                        members.add(reader.clause());
                    }
                } while (reader.nextClause());
                return members.stream().filter(it -> !it.tokens().isEmpty()).toList();
            }
        }
        return List.of();
    }
}
