package dev.lockstep.runner;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// All that can be seen of a SQLite database but for the tables that a run keeps for itself.
record SqliteSnapshot(Connection connection) {
    private static final String OURS =
            " not in ('flyway_schema_history', 'lockstep_schema', 'lockstep_objects', 'sqlite_schema')";

    static List<String> of(Bed bed) throws SQLException {
        try (var connection = bed.connect()) {
            return new SqliteSnapshot(connection).lines();
        }
    }

    private List<String> lines() throws SQLException {
        var lines = new ArrayList<>(rows(
                "schema",
                "select type, name, tbl_name, sql from sqlite_schema where tbl_name" + OURS
                        + " and name <> 'sqlite_sequence' order by type, name"));
        for (var table :
                rows("", "select name from sqlite_schema where type = 'table' and name" + OURS + " order by name")) {
            var name = table.strip();
            var quoted = "\"" + name.replace("\"", "\"\"") + "\"";
            lines.addAll(rows(name, "select * from " + quoted));
            lines.addAll(rows(name + " xinfo", "pragma table_xinfo(" + quoted + ")"));
            lines.addAll(rows(
                    name + " list",
                    "select type, ncol, wr, strict from pragma_table_list where name = '" + name.replace("'", "''")
                            + "'"));
            lines.addAll(rows(name + " keys", "pragma foreign_key_list(" + quoted + ")"));
            lines.addAll(rows(
                    name + " indexes",
                    "select name, \"unique\", origin, partial from pragma_index_list('" + name.replace("'", "''")
                            + "') order by name"));
            lines.addAll(numbers(name, quoted));
        }
        lines.addAll(rows("check", "pragma integrity_check"));
        lines.addAll(rows("orphans", "pragma foreign_key_check"));
        return lines;
    }

    /// A table WITHOUT ROWID has none.
    private List<String> numbers(String name, String quoted) {
        try {
            return rows(name + " numbers", "select rowid from " + quoted);
        } catch (SQLException none) {
            return List.of(name + " numbers: none");
        }
    }

    private List<String> rows(String about, String sql) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                var line = new StringJoiner(" | ", about.isEmpty() ? "" : about + ": ", "");
                for (int i = 1; i <= columns; i++) {
                    var value = row.getObject(i);
                    line.add(value instanceof byte[] bytes ? "x'" + bytes.length : typed(value));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static String typed(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof String text ? text : value == null ? "null" : "#" + value;
    }
}
