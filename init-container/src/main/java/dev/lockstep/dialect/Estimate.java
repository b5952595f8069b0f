package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// About how many rows tables have.
final class Estimate {
    private Estimate() {}

    /// From the statistics: a count would read the whole table. Before the first ANALYZE there are none.
    ///
    /// @param qualified gives a name without a schema the one that is migrated
    static Map<String, Long> postgresql(Connection connection, Set<String> tables, UnaryOperator<String> qualified)
            throws SQLException {
        var rows = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement(
                "select c.reltuples::bigint from pg_class c where c.oid = to_regclass(?) and c.reltuples >= 0")) {
            for (var table : tables) {
                statement.setString(1, table.contains(".") ? table : qualified.apply(table));
                try (var row = statement.executeQuery()) {
                    if (row.next()) {
                        rows.put(table, row.getLong(1));
                    }
                }
            }
        }
        return rows;
    }

    /// Counted, but no further than a million.
    static Map<String, Long> sqlite(Connection connection, Set<String> tables) throws SQLException {
        var rows = new HashMap<String, Long>();
        for (var table : tables) {
            if (isTable(connection, table)) {
                var quoted = '"' + table.replace("\"", "\"\"") + '"';
                var count = "select count(*) from (select 1 from " + quoted + " limit 1000000)";
                rows.put(table, Query.longOf(connection, count));
            }
        }
        return rows;
    }

    private static boolean isTable(Connection connection, String name) throws SQLException {
        var sql = "select count(*) from sqlite_schema where type = 'table' and lower(name) = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getInt(1) > 0;
            }
        }
    }
}
