package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Rows that refer to nothing, at one moment. Databases that nobody looked after have some; a script answers for those
/// that it adds.
///
/// @param version of the schema: while it stays, rowids and numbers of foreign keys mean the same rows
/// @param mismatched tables whose foreign key refers to columns that are no key, with what SQLite says to that
record SqliteOrphans(
        long version, List<String> tables, Map<Reference, Group> groups, Map<String, SQLException> mismatched) {
    /// Rows kept by number for each reference; with more of them only the counts are compared.
    private static final int KEPT = 100_000;

    private static final int SHOWN = 5;

    /// From which table to which.
    record Reference(String table, String parent) {}

    /// One row, by one of its table's foreign keys.
    record Row(long rowid, long key) {}

    /// @param rows not all of them if there are too many, or if the table has no rowid
    record Group(long count, Set<Row> rows) {
        boolean complete() {
            return count == rows.size();
        }
    }

    static SqliteOrphans of(Connection connection) throws SQLException {
        long version = Query.longOf(connection, "pragma main.schema_version");
        var orphans = new SqliteOrphans(version, tables(connection), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (var table : orphans.tables) {
            orphans.look(connection, table);
        }
        return orphans;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select name from main.sqlite_schema where type = 'table'")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    private void look(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("pragma main.foreign_key_check(" + Names.quoted(table) + ")")) {
            while (row.next()) {
                var parent = String.valueOf(row.getString(3));
                groups.merge(new Reference(table, parent), group(row), SqliteOrphans::joined);
            }
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("foreign key mismatch")) {
                throw e;
            }
            mismatched.put(table, e);
        }
    }

    private static Group group(ResultSet row) throws SQLException {
        var rows = new HashSet<Row>();
        long rowid = row.getLong(2);
        if (!row.wasNull()) {
            rows.add(new Row(rowid, row.getLong(4)));
        }
        return new Group(1, rows);
    }

    private static Group joined(Group group, Group one) {
        if (group.rows.size() < KEPT) {
            group.rows.addAll(one.rows);
        }
        return new Group(group.count + one.count, group.rows);
    }

    /// @throws Refusal there are some that were not there before
    void refuseNew(SqliteOrphans before) throws SQLException, Refusal {
        for (var mismatch : mismatched.entrySet()) {
            if (!mismatchedIn(before, mismatch.getKey())) {
                throw mismatch.getValue();
            }
        }
        var added = groups.entrySet().stream()
                .filter(group -> !mismatchedIn(before, group.getKey().table))
                .flatMap(group -> added(before, group.getKey(), group.getValue()).stream())
                .toList();
        if (!added.isEmpty()) {
            throw new Refusal(
                    Code.StatementFailed,
                    "",
                    String.join("; ", added),
                    "correct the rows in the script; nothing was changed");
        }
    }

    /// SQLite could not tell then what the rows of this table refer to.
    private boolean mismatchedIn(SqliteOrphans before, String table) {
        return before.mismatched.keySet().stream().anyMatch(old -> follows(before, old, table));
    }

    private Optional<String> added(SqliteOrphans before, Reference reference, Group group) {
        var old = before.groups.getOrDefault(reference, new Group(0, Set.of()));
        if (version == before.version && group.complete() && old.complete()) {
            return Optional.of(without(group, old))
                    .filter(rows -> !rows.isEmpty())
                    .map(rows -> message(reference, shown(rows)));
        }
        long earlier = before.groups.entrySet().stream()
                .filter(entry -> follows(before, entry.getKey().table, reference.table)
                        && follows(before, entry.getKey().parent, reference.parent))
                .mapToLong(entry -> entry.getValue().count)
                .sum();
        if (group.count <= earlier) {
            return Optional.empty();
        }
        var rows = earlier == 0
                ? shown(List.copyOf(group.rows))
                : ": " + group.count + " rows, before the script " + earlier;
        return Optional.of(message(reference, rows));
    }

    private static List<Row> without(Group group, Group old) {
        return group.rows.stream().filter(row -> !old.rows.contains(row)).toList();
    }

    /// Is the table of this name the one that had that name before? A table that was built anew keeps its name; one
    /// that was renamed has a new name in the place of one that is gone.
    private boolean follows(SqliteOrphans before, String old, String name) {
        return Names.same(old, name) || !has(old) && !before.has(name);
    }

    private boolean has(String name) {
        return tables.stream().anyMatch(table -> Names.same(table, name));
    }

    private static String message(Reference reference, String rows) {
        return "rows of table " + reference.table + " refer to rows of " + reference.parent + " that are not there"
                + rows;
    }

    private static String shown(List<Row> rows) {
        var first = rows.stream()
                .mapToLong(Row::rowid)
                .distinct()
                .sorted()
                .limit(SHOWN)
                .mapToObj(Long::toString);
        var rest = rows.size() > SHOWN ? " …" : "";
        return rows.isEmpty() ? "" : first.collect(Collectors.joining(", ", ": rowid ", rest));
    }
}
