package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import java.util.List;
import java.util.Optional;

/// An ALTER TABLE.
///
/// @param schema the name before the dot, without quotes
/// @param table without quotes
/// @param rename what is left to SQLite: the rest of a statement that renames table or column
public record Alter(
        boolean ifExists, Optional<String> schema, String table, Optional<String> rename, List<Action> actions) {
    public Alter {
        actions = List.copyOf(actions);
    }

    /// @return empty for any other statement, and for one that SQLite understands as it stands
    /// @throws Refusal for a form of ALTER TABLE that can have no meaning here
    public static Optional<Alter> of(String sql) throws Refusal {
        if (!alters(sql)) {
            return Optional.empty();
        }
        var cursor = Cursor.of(sql);
        cursor.take("alter", "table");
        boolean ifExists = cursor.take("if", "exists");
        boolean only = takesOnly(cursor);
        var first = cursor.name().name();
        boolean qualified = cursor.take(".");
        var table = qualified ? cursor.name().name() : first;
        boolean all = cursor.take("*");
        var schema = qualified ? Optional.of(first) : Optional.<String>empty();
        if (cursor.looks("rename") && !cursor.looks("rename", "constraint")) {
            boolean plain = !ifExists && !only && !all;
            return plain
                    ? Optional.empty()
                    : Optional.of(new Alter(ifExists, schema, table, rename(cursor), List.of()));
        }
        return Optional.of(new Alter(ifExists, schema, table, Optional.empty(), ActionReader.read(cursor)));
    }

    /// Looks at two words only: a statement may be megabytes of rows.
    private static boolean alters(String sql) {
        var words = Lexemes.first(2, sql);
        return words.size() == 2
                && words.getFirst().is("alter")
                && words.getLast().is("table");
    }

    private static Optional<String> rename(Cursor cursor) throws Refusal {
        int start = cursor.mark();
        cursor.until(",", ";");
        var text = cursor.since(start);
        cursor.finish();
        return Optional.of(text);
    }

    /// ONLY is a word like any other for SQLite, and may be the table's name.
    private static boolean takesOnly(Cursor cursor) {
        var third = cursor.peek(2);
        boolean table = third.is(".") || third.is("*") || ActionReader.begins(third);
        return table && cursor.take("only");
    }
}
