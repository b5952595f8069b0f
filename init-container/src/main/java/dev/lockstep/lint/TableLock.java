package dev.lockstep.lint;

import static dev.lockstep.lint.Lock.Work.builds;
import static dev.lockstep.lint.Lock.Work.nothing;
import static dev.lockstep.lint.Lock.Work.rewrites;
import static dev.lockstep.lint.Lock.Work.scans;
import static dev.lockstep.lint.Strength.ACCESS_EXCLUSIVE;
import static dev.lockstep.lint.Strength.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lint.Strength.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.script.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The locks of an `ALTER TABLE`, action by action. In doubt it says the worse.
record TableLock(Statement statement) {
    /// A default of these is another value in each row, so the table is written anew.
    private static final Set<String> VOLATILE =
            Set.of("clock_timestamp", "gen_random_uuid", "random", "nextval", "uuid_generate_v4", "uuidv7", "uuidv4");

    private static final Set<String> COUNTING = Set.of("serial", "bigserial", "smallserial", "generated");

    List<Lock> locks() {
        var locks = new ArrayList<Lock>();
        Action.of(statement).forEach(action -> locks.addAll(action(action.table(), action.clause())));
        return locks;
    }

    private static List<Lock> action(String table, Statement clause) {
        boolean later = clause.has("not", "valid");
        if (clause.begins("validate")) {
            return Locks.one(table, SHARE_UPDATE_EXCLUSIVE, scans);
        }
        if (clause.begins("add") && clause.has("foreign", "key")) {
            var locks = new ArrayList<>(Locks.one(table, SHARE_ROW_EXCLUSIVE, later ? nothing : scans));
            locks.addAll(Locks.referenced(clause));
            return locks;
        }
        if (clause.begins("attach")) {
            return Locks.one(table, SHARE_UPDATE_EXCLUSIVE, nothing);
        }
        if (clause.begins("detach") && clause.has("concurrently") || isSetting(clause)) {
            return Locks.one(table, SHARE_UPDATE_EXCLUSIVE, nothing);
        }
        if (clause.has("trigger") && (clause.begins("enable") || clause.begins("disable"))) {
            return Locks.one(table, SHARE_ROW_EXCLUSIVE, nothing);
        }
        var locks = new ArrayList<>(Locks.one(table, ACCESS_EXCLUSIVE, later ? nothing : work(clause)));
        locks.addAll(Locks.referenced(clause));
        return locks;
    }

    private static boolean isSetting(Statement clause) {
        return clause.begins("set", "(") || clause.begins("cluster", "on") || clause.has("set", "statistics");
    }

    private static Lock.Work work(Statement clause) {
        if (clause.begins("alter")) {
            return clause.has("set", "not", "null") ? scans : clause.has("type") ? rewrites : nothing;
        }
        if (clause.begins("set", "unlogged") || clause.begins("set", "logged")) {
            return rewrites;
        }
        return clause.begins("add") ? adding(clause) : nothing;
    }

    private static Lock.Work adding(Statement clause) {
        boolean indexed = clause.has("unique") || clause.has("primary", "key") || clause.has("exclude");
        if (fillsEachRow(clause) && !clause.begins("add", "constraint")) {
            return rewrites;
        }
        return indexed && !clause.has("using", "index") ? builds : clause.has("check") ? scans : nothing;
    }

    /// Does a new column have another value in each row?
    static boolean fillsEachRow(Statement clause) {
        return counts(clause) || clause.tokens().stream().anyMatch(token -> VOLATILE.contains(token.text()));
    }

    /// Does it number the rows, or compute itself from them?
    static boolean counts(Statement clause) {
        return clause.tokens().stream().anyMatch(token -> COUNTING.contains(token.text()));
    }
}
