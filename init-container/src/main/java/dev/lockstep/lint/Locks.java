package dev.lockstep.lint;

import static dev.lockstep.lint.Lock.Work.builds;
import static dev.lockstep.lint.Lock.Work.nothing;
import static dev.lockstep.lint.Lock.Work.rewrites;
import static dev.lockstep.lint.Lock.Work.scans;
import static dev.lockstep.lint.Strength.ACCESS_EXCLUSIVE;
import static dev.lockstep.lint.Strength.EXCLUSIVE;
import static dev.lockstep.lint.Strength.ROW_EXCLUSIVE;
import static dev.lockstep.lint.Strength.SHARE;
import static dev.lockstep.lint.Strength.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lint.Strength.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.lint.Lock.Work;
import dev.lockstep.script.Script;
import dev.lockstep.script.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which locks statements take on PostgreSQL, told from their words.
/// Source: every statement form run on PostgreSQL 15 with `pg_locks` read before COMMIT; a test does it again.
public final class Locks {
    private Locks() {}

    /// The strongest lock on each table that the script does not make itself, in order of mention.
    public static List<Lock> of(Script script) {
        var strongest = new LinkedHashMap<String, Lock>();
        var fresh = new ArrayList<String>();
        for (var statement : script.statements()) {
            Classifier.created(statement).ifPresent(fresh::add);
            for (var lock : of(statement)) {
                if (!lock.table().isEmpty() && !fresh.contains(lock.table())) {
                    strongest.merge(lock.table(), lock, Locks::stronger);
                }
            }
        }
        return List.copyOf(strongest.values());
    }

    private static Lock stronger(Lock a, Lock b) {
        var strength = a.strength().compareTo(b.strength()) >= 0 ? a.strength() : b.strength();
        var work = a.work().compareTo(b.work()) >= 0 ? a.work() : b.work();
        return new Lock(a.table(), strength, work);
    }

    static List<Lock> of(Statement statement) {
        return switch (statement.tokens().getFirst().text()) {
            case "create" -> created(statement);
            case "alter" -> statement.begins("alter", "table") ? new TableLock(statement).locks() : List.of();
            case "drop" -> dropped(statement);
            case "truncate" -> one(name(statement, 1, "table"), ACCESS_EXCLUSIVE, nothing);
            case "insert" -> one(name(statement, 2), ROW_EXCLUSIVE, nothing);
            case "update" -> one(name(statement, 1), ROW_EXCLUSIVE, nothing);
            case "delete" -> one(name(statement, 2), ROW_EXCLUSIVE, nothing);
            case "comment" -> commented(statement);
            case "refresh" -> refreshed(statement);
            case "reindex" -> reindexed(statement);
            case "vacuum", "analyze" -> vacuumed(statement);
            case "lock" -> one(name(statement, 1, "table"), ACCESS_EXCLUSIVE, nothing);
            default -> List.of();
        };
    }

    static List<Lock> one(String table, Strength strength, Work work) {
        return List.of(new Lock(table, strength, work));
    }

    private static String name(Statement statement, int at, String... passed) {
        var reader = new Reader(statement, at);
        reader.takeAny(passed);
        return reader.name();
    }

    private static List<Lock> created(Statement statement) {
        if (statement.has("index")) {
            boolean concurrent = statement.has("index", "concurrently");
            return one(after(statement, "on"), concurrent ? SHARE_UPDATE_EXCLUSIVE : SHARE, builds);
        }
        if (statement.has("trigger")) {
            return one(after(statement, "on"), SHARE_ROW_EXCLUSIVE, nothing);
        }
        if (statement.has("partition", "of")) {
            return one(after(statement, "of"), ACCESS_EXCLUSIVE, nothing);
        }
        return Classifier.created(statement).isEmpty() ? List.of() : referenced(statement);
    }

    /// A foreign key stops writes to the table that it points to.
    static List<Lock> referenced(Statement statement) {
        Map<String, Lock> locks = new LinkedHashMap<>();
        Alteration.references(statement)
                .forEach(table -> locks.put(table, new Lock(table, SHARE_ROW_EXCLUSIVE, nothing)));
        return List.copyOf(locks.values());
    }

    private static String after(Statement statement, String word) {
        for (int i = 0; i < statement.tokens().size(); i++) {
            if (statement.hasAt(i, word)) {
                return new Reader(statement, i + 1).name();
            }
        }
        return "";
    }

    private static List<Lock> dropped(Statement statement) {
        return statement.begins("drop", "table")
                ? new Reader(statement, 2)
                        .names().stream()
                                .map(table -> new Lock(table, ACCESS_EXCLUSIVE, nothing))
                                .toList()
                : List.of();
    }

    private static List<Lock> commented(Statement statement) {
        var reader = new Reader(statement, 2);
        var kind = reader.more() ? reader.next().text() : "";
        var name = reader.name();
        Optional<String> table = switch (kind) {
            case "table" -> Optional.of(name);
            case "column" -> Optional.of(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
            default -> Optional.empty();
        };
        return table.map(it -> one(it, SHARE_UPDATE_EXCLUSIVE, nothing)).orElse(List.of());
    }

    private static List<Lock> refreshed(Statement statement) {
        boolean concurrent = statement.has("concurrently");
        return one(name(statement, 3), concurrent ? EXCLUSIVE : ACCESS_EXCLUSIVE, rewrites);
    }

    private static List<Lock> reindexed(Statement statement) {
        boolean concurrent = statement.has("concurrently");
        return statement.begins("reindex", "table")
                ? one(name(statement, 2), concurrent ? SHARE_UPDATE_EXCLUSIVE : SHARE, builds)
                : List.of();
    }

    private static List<Lock> vacuumed(Statement statement) {
        boolean full = statement.has("full");
        var table = statement.tokens().getLast().text();
        return statement.tokens().size() < 2
                ? List.of()
                : one(table, full ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE, full ? rewrites : scans);
    }
}
