package dev.lockstep.lint;

import dev.lockstep.dialect.SafeForms;
import dev.lockstep.script.Statement;
import java.util.List;
import java.util.stream.Stream;

/// Columns added, changed and renamed on tables that have rows.
record ColumnChecks(Sight sight) implements Check {

    @Override
    public Stream<Finding> of(Statement statement) {
        if (statement.begins("vacuum") && statement.has("full") || statement.begins("cluster")) {
            return Stream.of(rewritten(statement.line(), "the table"));
        }
        return Action.of(statement).stream()
                .filter(action -> sight.old(action.table()))
                .flatMap(this::of);
    }

    private Stream<Finding> of(Action action) {
        if (action.addsColumn()) {
            return added(action);
        }
        if (action.begins("rename") && !action.begins("rename", "constraint")) {
            return Stream.of(renamed(action));
        }
        if (action.begins("detach") && !action.has("concurrently")) {
            return Stream.of(found(
                    Rule.DetachBlocks,
                    action.line(),
                    "nobody may use " + action.table() + " meanwhile",
                    alone(SafeForms.altered(action.table(), Wording.of(action.clause()) + " concurrently"))));
        }
        if (action.begins("set", "logged") || action.begins("set", "unlogged")) {
            return Stream.of(rewritten(action.line(), action.table()));
        }
        return action.begins("alter") ? altered(action) : Stream.empty();
    }

    private Finding rewritten(int line, String table) {
        return found(
                Rule.TableRewrites,
                line,
                "nobody may use " + table + " until it is written anew",
                List.of("do it in a window in which the app is down"));
    }

    private Stream<Finding> added(Action action) {
        var where = action.table() + "." + action.member();
        boolean fills = action.has("default") || action.has("generated") || TableLock.counts(action.clause());
        if (action.has("not", "null") && !fills) {
            return Stream.of(found(
                    Rule.RequiredColumn,
                    action.line(),
                    where + " has no value for the rows that are there",
                    List.of("give it a DEFAULT; or add it without NOT NULL, then " + recipe("not-null", action))));
        }
        return TableLock.fillsEachRow(action.clause())
                ? Stream.of(found(
                        Rule.TableRewrites,
                        action.line(),
                        "nobody may use " + action.table() + " until each row has its own " + action.member(),
                        List.of("add the column without that, give new rows theirs by ALTER COLUMN … SET DEFAULT,"
                                + " and fill the old ones in a later script")))
                : Stream.empty();
    }

    private static String recipe(String name, Action action) {
        return "lockstep revision --recipe " + name + " --table " + action.table() + " --column " + action.member();
    }

    private Finding renamed(Action action) {
        boolean table = action.begins("rename", "to");
        var instead = table
                ? List.of("create a view of the new name first, and rename when no older app is left")
                : List.of(recipe("rename", action) + " --to "
                        + action.clause().tokens().getLast().text());
        var what = table ? action.table() : action.table() + "." + action.member();
        return found(
                Rule.Rename,
                action.line(),
                "the older app asks for " + what + " and the newer one does not find its own name before this",
                instead);
    }

    private Stream<Finding> altered(Action action) {
        if (action.has("set", "not", "null")) {
            return proven(action) ? Stream.empty() : Stream.of(required(action));
        }
        var type = Sight.newType(action);
        if (type.isEmpty()) {
            return Stream.empty();
        }
        var old = sight.typeOf(action.table(), action.member(), action.line());
        boolean kept =
                !action.has("using") && old.filter(it -> it.keptAs(type.get())).isPresent();
        return kept ? Stream.empty() : Stream.of(retyped(action, type.get()));
    }

    private Finding required(Action action) {
        return found(
                Rule.NotNullScans,
                action.line(),
                "nobody may use " + action.table() + " until every row is read; a valid CHECK (" + action.member()
                        + " IS NOT NULL) would prove it",
                List.of(recipe("not-null", action)));
    }

    /// PostgreSQL reads no row where a constraint that is valid says it already.
    /// Source: documentation of ALTER TABLE, SET NOT NULL.
    private boolean proven(Action action) {
        var checks = sight.before(action.line())
                .flatMap(it -> Action.of(it).stream())
                .filter(it -> it.begins("add", "constraint") && Sight.same(it.table(), action.table()))
                .filter(it -> it.has("check") && it.has(action.member(), "is", "not", "null"))
                .toList();
        return checks.stream().anyMatch(it -> !it.has("not", "valid") || validated(it, action.line()));
    }

    private boolean validated(Action check, int line) {
        return sight.before(line)
                .flatMap(it -> Action.of(it).stream())
                .anyMatch(it -> it.begins("validate") && it.member().equals(check.member()));
    }

    private Finding retyped(Action action, ColumnType type) {
        return found(
                Rule.TypeRewrites,
                action.line(),
                "nobody may use " + action.table() + " until every " + action.member() + " is a " + type.words(),
                List.of(recipe("retype", action) + " --to " + action.member() + "_new --type '" + type.words() + "'"));
    }
}
