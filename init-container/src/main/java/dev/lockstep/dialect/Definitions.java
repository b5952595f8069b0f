package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a SQLite file defines.
final class Definitions {
    private Definitions() {}

    /// Line by line, in the order of kind and name, without the tables that a migration tool keeps.
    ///
    /// @param history name of Flyway's table
    static List<String> of(Connection connection, String history) throws SQLException {
        var ours = "('" + history.replace("'", "''") + "', 'lockstep_schema', 'lockstep_journal')";
        var sql = "select sql from sqlite_schema where sql is not null and name not in " + ours
                + " and tbl_name not in " + ours + " order by type, name";
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                row.getString(1).lines().forEach(lines::add);
            }
        }
        return lines;
    }
}
