package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import java.util.List;
import java.util.stream.Stream;

/// What SQLite has no statement for, and a rebuild of the table stands in.
record CopyChecks(Sight sight) implements Check {

    @Override
    public Stream<Finding> of(Statement statement) {
        return Action.of(statement).stream()
                .filter(action -> sight.old(action.table()))
                .filter(CopyChecks::copies)
                .limit(1)
                .map(action -> found(
                        Rule.TableCopied,
                        action.line(),
                        action.table() + " is copied row by row while nobody may write",
                        List.of()));
    }

    private static boolean copies(Action action) {
        return action.addsConstraint() || action.begins("alter") || action.begins("drop", "constraint");
    }
}
