package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Asks PostgreSQL what has become of a statement, and clears what one that was interrupted has left.
record PostgresqlProbes(Dialect dialect, Connection connection) {

    /// Did it come to its end?
    boolean isDone(Probe probe) throws SQLException {
        return switch (probe) {
            case Probe.Built(var index) ->
                isTrue("select indisvalid from pg_index where indexrelid = to_regclass(?)", index);
            case Probe.Gone(var index) -> isTrue("select to_regclass(?) is null", index);
            case Probe.Detached(var table, var part) ->
                isTrue(
                        "select to_regclass(?) is null or not exists"
                                + " (select from pg_inherits where inhparent = to_regclass(?) and inhrelid = to_regclass(?))",
                        part,
                        table,
                        part);
            case Probe.Added(var type, var value) ->
                isTrue(
                        "select exists (select from pg_enum where enumtypid = to_regtype(?) and enumlabel = " + value
                                + ")",
                        type);
            case Probe.Rebuilt rebuilt -> false;
            case Probe.Again again -> false;
        };
    }

    /// `IF NOT EXISTS` takes an INVALID index for an index, and a table whose part is about to leave takes no other
    /// leave.
    void clear(Probe probe) throws SQLException {
        switch (probe) {
            case Probe.Built(var index) -> {
                if (isTrue("select not indisvalid from pg_index where indexrelid = to_regclass(?)", index)) {
                    drop(index);
                }
            }
            case Probe.Rebuilt rebuilt -> {
                for (var copy : copies()) {
                    drop(copy);
                }
            }
            case Probe.Detached(var table, var part) -> {
                if (isTrue(
                        "select inhdetachpending from pg_inherits where inhparent = to_regclass(?) and inhrelid = to_regclass(?)",
                        table,
                        part)) {
                    Query.run(connection, "alter table " + table + " detach partition " + part + " finalize");
                }
            }
            case Probe.Gone gone -> {}
            case Probe.Added added -> {}
            case Probe.Again again -> {}
        }
    }

    private void drop(String index) throws SQLException {
        dialect.lockTimeout(connection, Duration.ZERO);
        Query.run(connection, "drop index concurrently if exists " + index);
    }

    /// Source of the names: PostgreSQL documentation, REINDEX, "Rebuilding Indexes Concurrently".
    private List<String> copies() throws SQLException {
        var sql = """
                select format('%I.%I', n.nspname, c.relname) from pg_index i join pg_class c on c.oid = i.indexrelid
                join pg_namespace n on n.oid = c.relnamespace
                where not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$' and pg_has_role(c.relowner, 'usage')
                and n.nspname <> 'pg_toast'
                """;
        var copies = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                copies.add(row.getString(1));
            }
        }
        return copies;
    }

    /// Which of these are not whole, in words.
    List<String> unsound(String schema, Set<String> indexes, Set<String> constraints) throws SQLException {
        var sql = """
                select 'index ' || c.relname || ' is INVALID' from pg_index i join pg_class c on c.oid = i.indexrelid
                where not i.indisvalid and c.relnamespace = to_regnamespace(?) and c.relname = any (?)
                union all
                select 'constraint ' || conname || ' is not validated' from pg_constraint
                where not convalidated and connamespace = to_regnamespace(?) and conname = any (?)
                """;
        var unsound = new ArrayList<String>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, PostgresqlDialect.quote(schema));
            statement.setArray(2, connection.createArrayOf("text", indexes.toArray()));
            statement.setString(3, PostgresqlDialect.quote(schema));
            statement.setArray(4, connection.createArrayOf("text", constraints.toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    unsound.add(row.getString(1));
                }
            }
        }
        return unsound;
    }

    private boolean isTrue(String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
