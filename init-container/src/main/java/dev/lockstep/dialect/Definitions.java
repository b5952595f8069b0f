package dev.lockstep.dialect;

import dev.lockstep.script.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// What a SQLite file defines.
final class Definitions {
    private Definitions() {}

    /// A table's columns and constraints have a line each, however they were written: SQLite keeps the text, and
    /// changes it where a column comes or goes.
    private static List<String> lines(String sql) {
        var statement = Statements.of(sql).getFirst();
        if (!statement.begins("create", "table")) {
            return sql.lines().toList();
        }
        var lines = new ArrayList<String>();
        var words = new StringJoiner(" ");
        int depth = 0;
        for (var token : statement.tokens()) {
            depth -= token.is(")") ? 1 : 0;
            if (depth == 0 && token.is(")") || depth == 1 && token.is(",")) {
                lines.add(words.toString());
                words = new StringJoiner(" ");
            }
            if (depth != 1 || !token.is(",")) {
                words.add(token.text());
            }
            depth += token.is("(") ? 1 : 0;
            if (depth == 1 && token.is("(") && lines.isEmpty()) {
                lines.add(words.toString());
                words = new StringJoiner(" ");
            }
        }
        lines.add(words.toString());
        return lines;
    }

    /// Line by line, in the order of kind and name, without the tables that a migration tool keeps.
    ///
    /// @param history name of Flyway's table
    static List<String> of(Connection connection, String history) throws SQLException {
        var ours = "('" + history.replace("'", "''") + "', 'lockstep_schema', 'lockstep_journal', 'lockstep_objects')";
        var sql = "select sql from sqlite_schema where sql is not null and name not in " + ours
                + " and tbl_name not in " + ours + " order by type, name";
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                lines.addAll(lines(row.getString(1)));
            }
        }
        return lines;
    }
}
