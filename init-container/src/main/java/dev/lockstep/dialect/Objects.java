package dev.lockstep.dialect;

import dev.lockstep.handover.Digest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a schema defines, object by object: `table public.orders`, `column public.orders.total`, `index
/// public.by_total`,
/// each with a digest of what its definition says. Neither owners nor privileges nor rows, nor what is an extension's,
/// Flyway's or ours.
public record Objects(Connection connection, Address address) {

    /// Outside of a transaction. SQLite's begin with its one lock, which a look does not need.
    public SortedMap<String, String> all() throws SQLException {
        return switch (address) {
            case Address.Postgresql it -> postgresql(it);
            case Address.Sqlite it -> sqlite(it);
        };
    }

    /// With this search path every name in a definition is written in full; it ends with the transaction.
    private SortedMap<String, String> postgresql(Address.Postgresql it) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Query.run(connection, "set local search_path to pg_catalog");
            return told(it);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private SortedMap<String, String> told(Address.Postgresql it) throws SQLException {
        var found = new TreeMap<String, String>();
        try (var statement = connection.prepareStatement(PostgresqlObjects.ALL)) {
            statement.setString(1, it.schema());
            statement.setArray(
                    2, connection.createArrayOf("text", ours(it.history()).toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.merge(row.getString(1), row.getString(2), String::concat);
                }
            }
        }
        return found;
    }

    private SortedMap<String, String> sqlite(Address.Sqlite it) throws SQLException {
        var found = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery("select type || ' ' || name, name, tbl_name, sql from main.sqlite_schema"
                                + " where sql is not null and name not like 'sqlite!_%' escape '!'")) {
            while (row.next()) {
                if (!ours(it.history()).contains(row.getString(2))
                        && !ours(it.history()).contains(row.getString(3))) {
                    found.put(row.getString(1), Digest.of(Map.of("", row.getString(4))));
                }
            }
        }
        return found;
    }

    private static List<String> ours(String history) {
        return List.of(history, "lockstep_schema", "lockstep_journal", KeptObjects.TABLE);
    }
}
