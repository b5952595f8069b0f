package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What tells the rows of a table apart, and sorts them by an index.
final class TableKey {
    private static final String POSTGRESQL = """
            select a.attname
            from (select i.indrelid, i.indkey, i.indnkeyatts from pg_index i
                  where i.indrelid = to_regclass(?) and i.indisunique and i.indisvalid and i.indimmediate
                    and i.indpred is null and i.indexprs is null
                    and not exists (select from generate_series(0, i.indnkeyatts - 1) at, pg_attribute n
                                    where n.attrelid = i.indrelid and n.attnum = i.indkey[at] and not n.attnotnull)
                  order by i.indisprimary desc, i.indnkeyatts, i.indexrelid limit 1) k
            cross join generate_series(0, k.indnkeyatts - 1) at
            join pg_attribute a on a.attrelid = k.indrelid and a.attnum = k.indkey[at]
            order by at
            """;

    private static final String SQLITE = "select name from pragma_table_info(?) where pk > 0 order by pk";

    private TableKey() {}

    /// The columns of the primary key, else of the shortest unique index that takes no NULL; empty for none.
    static List<String> postgresql(Connection connection, String table) throws SQLException {
        return columns(connection, POSTGRESQL, table);
    }

    /// The columns of the primary key, else the row's number.
    static List<String> sqlite(Connection connection, String table) throws SQLException {
        var columns = columns(connection, SQLITE, table.replaceAll("^\"(.*)\"$", "$1"));
        return columns.isEmpty() ? List.of("rowid") : columns;
    }

    private static List<String> columns(Connection connection, String sql, String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(PostgresqlDialect.quote(row.getString(1)));
                }
            }
        }
        return columns;
    }
}
