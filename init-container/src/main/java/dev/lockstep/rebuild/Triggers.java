package dev.lockstep.rebuild;

import java.util.ArrayList;
import java.util.List;

/// The text of a trigger, as far as a table's columns are concerned.
final class Triggers {
    private Triggers() {}

    /// The columns behind `UPDATE OF`.
    static List<String> watched(String trigger) {
        var cursor = Cursor.of(trigger);
        while (cursor.more() && !cursor.looksAny("of", "on")) {
            cursor.next();
        }
        var columns = new ArrayList<String>();
        while (cursor.take("of") || cursor.take(",")) {
            columns.add(cursor.next().name());
        }
        return columns;
    }
}
