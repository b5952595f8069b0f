package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes a CREATE TABLE apart.
final class TableReader {
    /// A comment after which the line ends.
    private static final Pattern NOTE =
            Pattern.compile("[ \\t]*(?:--[^\\n]*(?=\\n)|/\\*(?:(?!\\*/).)*\\*/[ \\t\\r]*(?=\\n))");

    private final String sql;
    private final Cursor cursor;
    private final List<Entry> entries = new ArrayList<>();

    TableReader(String sql) {
        this.sql = sql;
        this.cursor = Cursor.of(sql);
    }

    CreateTable read() throws Refusal {
        if (!cursor.take("create", "table")) {
            throw cursor.unexpected();
        }
        var name = cursor.name();
        if (!cursor.take("(")) {
            throw cursor.unexpected();
        }
        int inside = cursor.end();
        int from = inside;
        while (!cursor.looks(")")) {
            from = entry(from);
        }
        var end = sql.substring(from, cursor.peek().start());
        return new CreateTable(
                sql.substring(0, inside),
                name.name(),
                entries,
                end,
                sql.substring(cursor.peek().start()));
    }

    /// @param from where the space before it begins
    /// @return where the space after it begins
    private int entry(int from) throws Refusal {
        var lead = sql.substring(from, cursor.peek().start());
        Member member = Clauses.rules(cursor) ? new Member.Rule(Clauses.ofTable(cursor)) : Member.Column.read(cursor);
        int end = cursor.end();
        if (cursor.looks(",")) {
            var trail = sql.substring(end, cursor.next().start());
            var note = note(cursor.end());
            entries.add(new Entry(lead, member, trail, ",", note));
            return cursor.end() + note.length();
        }
        if (cursor.looks(")")) {
            var note = note(end);
            entries.add(new Entry(lead, member, "", ",", note));
            return end + note.length();
        }
        if (!Clauses.rules(cursor)) {
            throw cursor.unexpected();
        }
        entries.add(new Entry(lead, member, "", "", ""));
        return end;
    }

    private String note(int from) {
        var matcher = NOTE.matcher(sql).region(from, sql.length()).useTransparentBounds(true);
        return matcher.lookingAt() ? matcher.group() : "";
    }
}
