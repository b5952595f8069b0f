package dev.lockstep.history;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/// Adds to Flyway's table what Flyway itself would add, in the transaction that is open.
public final class Chronicle {
    private Chronicle() {}

    /// The entry's version is no longer applied.
    /// Source: flyway-core 13.12.0, `JdbcTableSchemaHistory.delete`.
    public static void delete(Connection connection, Dialect dialect, Entry entry) throws SQLException {
        append(connection, dialect, entry, "DELETE");
    }

    /// The script counts as applied, although it was not run.
    public static void applied(Connection connection, Dialect dialect, Script script) throws SQLException {
        var entry = new Entry(
                0, script.version(), script.description(), "SQL", script.file(), Optional.of(script.checksum()), true);
        append(connection, dialect, entry, "SQL");
    }

    /// The history begins at this version.
    /// Source: flyway-core 13.12.0, `JdbcTableSchemaHistory.addAppliedMigration` as `DbBaseline` calls it.
    public static void baseline(Connection connection, Dialect dialect, Version version, String description)
            throws SQLException {
        var entry = new Entry(0, Optional.of(version), description, "BASELINE", description, Optional.empty(), true);
        append(connection, dialect, entry, "BASELINE");
    }

    /// The row has never been.
    /// Source: flyway-core 13.12.0, which takes rows of failed scripts out in `repair`.
    public static void remove(Connection connection, Dialect dialect, Entry entry) throws SQLException {
        try (var statement = connection.prepareStatement(dialect.book().remove())) {
            statement.setInt(1, entry.rank());
            statement.executeUpdate();
        }
    }

    /// The row tells of the script as it is now.
    public static void align(Connection connection, Dialect dialect, Entry entry, Script script) throws SQLException {
        try (var statement = connection.prepareStatement(dialect.book().align())) {
            statement.setString(1, script.description());
            statement.setInt(2, script.checksum());
            statement.setInt(3, entry.rank());
            statement.executeUpdate();
        }
    }

    private static void append(Connection connection, Dialect dialect, Entry entry, String type) throws SQLException {
        try (var statement = connection.prepareStatement(dialect.book().append())) {
            if (entry.version().isPresent()) {
                statement.setString(1, entry.version().get().text());
            } else {
                statement.setNull(1, Types.VARCHAR);
            }
            statement.setString(2, entry.description());
            statement.setString(3, type);
            statement.setString(4, entry.script());
            if (entry.checksum().isPresent()) {
                statement.setInt(5, entry.checksum().get());
            } else {
                statement.setNull(5, Types.INTEGER);
            }
            statement.executeUpdate();
        }
    }
}
