package dev.lockstep.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// SQLite's own way to copy a database that others write to.
public final class VacuumInto {
    private VacuumInto() {}

    /// Writes a consistent copy into a file that does not exist, and checks the copy whole.
    public static void copy(Connection connection, Path file) throws SQLException {
        try (var statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, file.toString());
            statement.execute();
        }
        check(file);
    }

    /// How many bytes a copy takes: pages that are in use.
    public static long bytes(Connection connection) throws SQLException {
        var pages = Query.longOf(connection, "pragma page_count") - Query.longOf(connection, "pragma freelist_count");
        return pages * Query.longOf(connection, "pragma page_size");
    }

    /// Reads the copy whole.
    public static void check(Path file) throws SQLException {
        try (var copy = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = copy.createStatement();
                var row = statement.executeQuery("pragma integrity_check")) {
            if (!row.next() || !row.getString(1).equals("ok")) {
                throw new SQLException("the copy is damaged", "", SQLiteErrorCode.SQLITE_CORRUPT.code);
            }
        }
    }
}
