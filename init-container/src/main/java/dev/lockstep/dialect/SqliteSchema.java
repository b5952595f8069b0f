package dev.lockstep.dialect;

import dev.lockstep.rebuild.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a SQLite database has, as it is at this moment.
record SqliteSchema(Connection connection) {

    /// @param kind `table`, `view`, `index` or `trigger`
    /// @param sql the statement that created it
    record Thing(String kind, String name, String sql) {
        private static Thing of(ResultSet row) throws SQLException {
            return new Thing(row.getString(1), row.getString(2), row.getString(3));
        }
    }

    /// Makes a value of the row at which the result stands.
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> all(String sql, Reading<T> reading, String... values) throws SQLException {
        var rows = new ArrayList<T>();
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(reading.of(row));
                }
            }
        }
        return rows;
    }

    private List<String> names(String sql, String... values) throws SQLException {
        return all(sql, row -> row.getString(1), values);
    }

    /// A table or view that lasts.
    Optional<Thing> find(String name) throws SQLException {
        return all(
                        "select type, name, sql from main.sqlite_schema where type in ('table', 'view') and lower(name) = lower(?)",
                        Thing::of,
                        name)
                .stream()
                .filter(thing -> Names.same(thing.name(), name))
                .findFirst();
    }

    boolean isTemporary(String name) throws SQLException {
        return names("select name from temp.sqlite_schema where type in ('table', 'view')").stream()
                .anyMatch(other -> Names.same(other, name));
    }

    /// Indexes and triggers of a table, in the order in which they were created.
    List<Thing> attached(String table) throws SQLException {
        return all(
                "select type, name, sql from main.sqlite_schema where type in ('index', 'trigger') and sql is not null"
                        + " and lower(tbl_name) = lower(?) order by rowid",
                Thing::of,
                table);
    }

    /// Tables with a foreign key to this one.
    List<String> children(String table) throws SQLException {
        return names(
                "select distinct m.name from main.sqlite_schema m, pragma_foreign_key_list(m.name) f"
                        + " where m.type = 'table' and lower(f.\"table\") = lower(?)",
                table);
    }

    /// A name that nothing has.
    String free(String wish) throws SQLException {
        var name = wish;
        while (!names("select name from main.sqlite_schema where lower(name) = lower(?)", name)
                .isEmpty()) {
            name += "_";
        }
        return name;
    }

    /// The last number that an AUTOINCREMENT table gave away.
    Optional<Long> counter(String table) throws SQLException {
        if (find("sqlite_sequence").isEmpty()) {
            return Optional.empty();
        }
        return all("select seq from main.sqlite_sequence where name = ?", row -> row.getLong(1), table).stream()
                .findFirst();
    }

    /// What cannot be compiled, with SQLite's words: views, and writing to tables and views that have triggers, or to
    /// this table. SQLite itself finds that out when a statement fails.
    TreeMap<String, String> broken(String table) throws SQLException {
        var broken = new TreeMap<String, String>();
        for (var view : names("select name from main.sqlite_schema where type = 'view'")) {
            probe(broken, "view " + view, "select 1 from main." + Names.quoted(view));
        }
        var written = names(
                "select distinct tbl_name from main.sqlite_schema where type = 'trigger'"
                        + " union select name from main.sqlite_schema where type = 'table' and lower(name) = lower(?)",
                table);
        for (var name : written) {
            var quoted = "main." + Names.quoted(name);
            probe(broken, "inserting into " + name, "insert into " + quoted + " default values");
            probe(broken, "deleting from " + name, "delete from " + quoted);
            probe(broken, "updating " + name, "update " + quoted + " set " + assignments(name));
        }
        return broken;
    }

    /// All columns, computed ones too.
    List<String> columns(String table) throws SQLException {
        return names("select name from pragma_table_xinfo(?) order by cid", table);
    }

    private String assignments(String table) throws SQLException {
        var columns = names("select name from pragma_table_xinfo(?) where hidden = 0", table);
        return String.join(
                ", ",
                columns.stream()
                        .map(column -> Names.quoted(column) + " = " + Names.quoted(column))
                        .toList());
    }

    private void probe(TreeMap<String, String> broken, String what, String sql) throws SQLException {
        try {
            connection.prepareStatement(sql).close();
        } catch (SQLException e) {
            broken.put(what, String.valueOf(e.getMessage()));
        }
    }
}
