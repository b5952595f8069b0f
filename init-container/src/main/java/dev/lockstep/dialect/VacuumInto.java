package dev.lockstep.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
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

    /// Is the copy's disk full?
    public static boolean foundNoSpace(SQLException failure) {
        return failure.getErrorCode() == SQLiteErrorCode.SQLITE_FULL.code;
    }

    /// Brings a copy back into the database of this connection: other readers see the old or the new, and a write-ahead
    /// log that belongs to the old is not played into the new.
    public static void back(Connection connection, Path file) throws SQLException {
        int result = connection.unwrap(SQLiteConnection.class).getDatabase().restore("main", file.toString(), null);
        if (result != SQLiteErrorCode.SQLITE_OK.code) {
            throw new SQLException("the copy was not brought back", "", result);
        }
    }

    /// Rows of each table, as lines.
    public static List<String> inventory(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select name from sqlite_schema where type = 'table' order by name")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        var lines = new ArrayList<String>();
        for (var table : tables) {
            var count = "select count(*) from " + PostgresqlDialect.quote(table);
            lines.add("rows of " + table + ": " + Query.longOf(connection, count));
        }
        return lines;
    }

    /// The same of a copy.
    public static List<String> inventory(Path file) throws SQLException {
        try (var copy = new SQLiteConfig().createConnection("jdbc:sqlite:" + file)) {
            return inventory(copy);
        }
    }

    /// Another number once another connection has written.
    public static long version(Connection connection) throws SQLException {
        return Query.longOf(connection, "pragma data_version");
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
