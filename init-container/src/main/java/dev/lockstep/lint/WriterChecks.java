package dev.lockstep.lint;

import dev.lockstep.script.Script;
import dev.lockstep.script.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Two versions of the app write while a column is replaced: a copy that nothing keeps in step is stale at once.
record WriterChecks(Sight sight) implements Check {

    @Override
    public Stream<Finding> of(Statement statement) {
        if (!statement.begins("update")) {
            return Stream.empty();
        }
        var table = new Reader(statement, 1).name();
        return sight.old(table) && !kept(table) ? copies(statement, table) : Stream.empty();
    }

    private boolean kept(String table) {
        return sight.before(Integer.MAX_VALUE)
                .anyMatch(it -> it.begins("create") && it.has("trigger") && names(it, table));
    }

    private static boolean names(Statement statement, String table) {
        return statement.tokens().stream().anyMatch(token -> token.text().equals(Sight.bare(table)));
    }

    private Stream<Finding> copies(Statement update, String table) {
        return sight.later().stream()
                .flatMap(script -> dropped(script, table)
                        .flatMap(column ->
                                assigned(update, column).stream().map(to -> lost(update, table, column, to, script))));
    }

    private static Stream<String> dropped(Script script, String table) {
        return script.statements().stream()
                .flatMap(it -> Action.of(it).stream())
                .filter(it -> Sight.same(it.table(), table))
                .filter(it -> it.begins("drop") && !it.begins("drop", "constraint"))
                .map(Action::member);
    }

    /// The column that is computed from this one.
    private static Optional<String> assigned(Statement update, String from) {
        for (int i = 0; i < update.tokens().size(); i++) {
            if (update.hasAt(i, "set")) {
                return assigned(new Reader(update, i + 1), from);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> assigned(Reader reader, String from) {
        do {
            if (!reader.more()) {
                return Optional.empty();
            }
            var tokens = reader.clause().tokens();
            var value = tokens.stream().skip(1).takeWhile(token -> !token.is("where"));
            if (value.anyMatch(token -> token.text().equals(from))) {
                return Optional.of(tokens.getFirst().text());
            }
        } while (reader.nextClause());
        return Optional.empty();
    }

    private Finding lost(Statement update, String table, String from, String to, Script drop) {
        return found(
                Rule.LostWrites,
                update.line(),
                "what the older app writes into " + table + "." + from + " after this never comes to " + to + ", and "
                        + drop.file() + " drops " + from,
                List.of("lockstep revision --recipe rename --table " + table + " --column " + from + " --to " + to
                        + " writes the trigger that keeps them in step; it belongs into the script that adds " + to));
    }
}
