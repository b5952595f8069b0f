package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `lockstep_objects`: what the schema was at the end of the last run, as [Objects] tells it.
public record KeptObjects(Connection connection, Address address) {
    static final String TABLE = "lockstep_objects";

    /// The row whose digest is the head of the history that the others belong to.
    private static final String HEAD = "@";

    private String table() {
        return switch (address) {
            case Address.Postgresql it -> PostgresqlDialect.quote(it.schema()) + "." + TABLE;
            case Address.Sqlite it -> TABLE;
        };
    }

    /// Absent where nothing is kept, or what is kept belongs to another head.
    public Optional<Map<String, String>> of(String head) throws SQLException {
        if (!isThere()) return Optional.empty();
        var kept = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select name, digest from " + table())) {
            while (row.next()) {
                kept.put(row.getString(1), row.getString(2));
            }
        }
        return Optional.ofNullable(kept.remove(HEAD)).filter(head::equals).map(it -> kept);
    }

    private boolean isThere() throws SQLException {
        var sql = switch (address) {
            case Address.Postgresql it -> "select count(to_regclass(?))";
            case Address.Sqlite it -> "select count(*) from sqlite_schema where name = ?";
        };
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, table());
            try (var row = statement.executeQuery()) {
                return row.next() && row.getLong(1) > 0;
            }
        }
    }

    /// In a transaction that the caller has begun.
    public void put(String head, Map<String, String> objects) throws SQLException {
        Query.run(
                connection, "create table if not exists " + table() + " (name text primary key, digest text not null)");
        Query.run(connection, "delete from " + table());
        try (var statement = connection.prepareStatement("insert into " + table() + " (name, digest) values (?, ?)")) {
            for (var it : objects.entrySet()) {
                add(statement, it.getKey(), it.getValue());
            }
            add(statement, HEAD, head);
            statement.executeBatch();
        }
    }

    /// Where there is no history there is nothing that it could belong to.
    public void drop() throws SQLException {
        if (isThere()) Query.run(connection, "drop table " + table());
    }

    private static void add(PreparedStatement statement, String name, String digest) throws SQLException {
        statement.setString(1, name);
        statement.setString(2, digest);
        statement.addBatch();
    }
}
