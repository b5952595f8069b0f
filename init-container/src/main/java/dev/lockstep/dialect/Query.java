package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/// Two short ways to send a statement without parameters.
final class Query {
    private Query() {}

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long longOf(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
