package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Change;
import dev.lockstep.rebuild.Change.Transfer;
import dev.lockstep.rebuild.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Builds a SQLite table anew with another text and the same rows, inside the open transaction.
///
/// The old table is renamed out of the way and the new one created under its own name, so that its text, its indexes'
/// and its triggers' stay to the letter. SQLite's own advice is the other way round, because a rename is followed by
/// whatever names the table; `legacy_alter_table` keeps it from that.
/// Source: SQLite documentation, "Making Other Kinds Of Table Schema Changes" and `PRAGMA legacy_alter_table`.
final class SqliteRebuild {
    private static final String POINT = "lockstep_rebuild";

    private final Connection connection;
    private final SqliteSchema schema;
    private final Change.Copy change;
    private final String table;

    SqliteRebuild(Connection connection, SqliteSchema schema, Change.Copy change) {
        this.connection = connection;
        this.schema = schema;
        this.change = change;
        this.table = change.before().name();
    }

    /// All or nothing, in a transaction or not.
    void run() throws SQLException, Refusal {
        refuseCascades();
        Query.run(connection, "savepoint " + POINT);
        try {
            rebuild();
            Query.run(connection, "release " + POINT);
        } catch (SQLException | Refusal e) {
            undo(e);
            throw e;
        }
    }

    private void undo(Exception why) {
        try {
            Query.run(connection, "rollback to " + POINT);
            Query.run(connection, "release " + POINT);
        } catch (SQLException gone) {
            why.addSuppressed(gone);
        }
    }

    /// Dropping a table deletes its rows first, and with them their children, where foreign keys are enforced. Inside a
    /// transaction that cannot be switched.
    private void refuseCascades() throws SQLException, Refusal {
        if (Query.longOf(connection, "pragma foreign_keys") != 0) {
            throw SqliteAlteration.refusal(
                    "foreign keys are enforced, so building table " + table + " anew would delete rows of others",
                    "take PRAGMA foreign_keys out of the script; they are checked at its end");
        }
    }

    private void rebuild() throws SQLException, Refusal {
        var broken = schema.broken(table);
        var attached = schema.attached(table);
        var counter = schema.counter(table);
        refuseSilenced(attached);
        replace(schema.free("lockstep_old_" + table), attached);
        for (var thing : attached) {
            if (!thing.kind().equals("index") || change.keeps(thing.sql())) {
                Query.run(connection, thing.sql());
            }
        }
        if (counter.isPresent() && change.after().counts()) {
            count(counter.get());
        }
        refuseMisfits();
        refuseOrphans();
        refuseBroken(broken);
    }

    private void replace(String old, List<SqliteSchema.Thing> attached) throws SQLException, Refusal {
        boolean fixed = change.namesItself()
                || attached.stream()
                        .anyMatch(thing -> thing.kind().equals("index") && Names.qualifies(thing.sql(), table));
        if (fixed) {
            putAside(old);
        } else {
            rename(old);
        }
        refuseUnnumbered(old);
        Query.run(connection, change.after().sql());
        long copied = copy(old);
        long rows = Query.longOf(connection, "select count(*) from " + main(old));
        if (copied != rows) {
            throw SqliteAlteration.refusal(
                    copied + " of " + rows + " rows of table " + table + " were copied", "report it as a defect");
        }
        drop(old);
    }

    private static String main(String name) {
        return "main." + Names.quoted(name);
    }

    /// A table whose text names the table itself cannot be renamed in the old ways, so its rows are copied twice.
    private void putAside(String old) throws SQLException {
        var number = change.number().map(name -> ", " + name + " as " + name).orElse("");
        Query.run(connection, "create table " + main(old) + " as select *" + number + " from " + main(table));
        drop(table);
    }

    private void rename(String old) throws SQLException {
        inOldWays("alter table " + main(table) + " rename to " + Names.quoted(old));
    }

    private void drop(String old) throws SQLException {
        inOldWays("drop table " + main(old));
    }

    /// Nothing else that names the table is touched or looked at. The switch is no part of the transaction.
    private void inOldWays(String sql) throws SQLException {
        long before = Query.longOf(connection, "pragma legacy_alter_table");
        Query.run(connection, "pragma legacy_alter_table = 1");
        try {
            Query.run(connection, sql);
        } finally {
            Query.run(connection, "pragma legacy_alter_table = " + before);
        }
    }

    /// `OR ABORT`, because a constraint's own ON CONFLICT could leave rows out in silence.
    private long copy(String old) throws SQLException {
        if (change.transfers().isEmpty()) {
            return addEmptyRows(old);
        }
        var sql = "insert or abort into " + main(table) + " (" + list(Transfer::target) + ") select "
                + list(Transfer::source) + " from " + main(old) + " as " + Names.quoted(table);
        try (var statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    /// Every column is new.
    private long addEmptyRows(String old) throws SQLException {
        long rows = Query.longOf(connection, "select count(*) from " + main(old));
        for (long i = 0; i < rows; i++) {
            Query.run(connection, "insert into " + main(table) + " default values");
        }
        return rows;
    }

    private String list(Function<Transfer, String> part) {
        return change.transfers().stream().map(part).collect(Collectors.joining(", "));
    }

    /// The counter is higher than every row's number if the last rows were deleted.
    private void count(long number) throws SQLException {
        var name = "'" + table.replace("'", "''") + "'";
        Query.run(connection, "delete from main.sqlite_sequence where name = " + name);
        Query.run(connection, "insert into main.sqlite_sequence (name, seq) values (" + name + ", " + number + ")");
    }

    private void refuseSilenced(List<SqliteSchema.Thing> attached) throws Refusal {
        for (var thing : attached) {
            if (thing.kind().equals("trigger") && change.silences(thing.sql())) {
                throw SqliteAlteration.refusal(
                        "trigger " + thing.name() + " watches a column that would be dropped",
                        "drop the trigger first");
            }
        }
    }

    private boolean any(String sql) throws SQLException {
        return Query.longOf(connection, "select exists (" + sql + ")") != 0;
    }

    /// An INTEGER PRIMARY KEY takes NULL for a wish to be numbered.
    private void refuseUnnumbered(String old) throws SQLException, Refusal {
        var column = change.numbered();
        if (column.isPresent()
                && any("select 1 from " + main(old) + " where " + Names.quoted(column.get()) + " is null")) {
            throw SqliteAlteration.refusal(
                    "column " + column.get() + " of table " + table + " has rows without a value",
                    "give them one before it becomes the primary key");
        }
    }

    private void refuseMisfits() throws SQLException, Refusal {
        for (var fit : change.fits()) {
            var types = fit.fraction() ? "('integer', 'real', 'null')" : "('integer', 'null')";
            var column = Names.quoted(fit.column());
            if (any("select 1 from " + main(table) + " where typeof(" + column + ") not in " + types)) {
                throw SqliteAlteration.refusal(
                        "column " + fit.column() + " of table " + table + " has values that are no " + fit.type(),
                        "correct the rows first, or convert them with USING");
            }
        }
    }

    /// A foreign key to a key that is gone fails with every write; a new one has to hold for the rows that are there.
    private void refuseOrphans() throws SQLException, Refusal {
        for (var child : change.losesKeys() ? schema.children(table) : List.<String>of()) {
            checkKeys(child, List.of(), "table " + child + " refers to a key of table " + table + " that is not there");
        }
        if (!change.parents().isEmpty()) {
            checkKeys(table, change.parents(), "table " + table + " would refer to a key that is not there");
        }
    }

    private void checkKeys(String child, List<String> parents, String mismatch) throws SQLException, Refusal {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("pragma main.foreign_key_check(" + Names.quoted(child) + ")")) {
            while (row.next()) {
                var parent = String.valueOf(row.getString(3));
                if (parents.stream().anyMatch(name -> Names.same(name, parent))) {
                    throw SqliteAlteration.refusal(
                            "rows of table " + child + " refer to rows of " + parent + " that are not there",
                            "correct the rows before the foreign key is added");
                }
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("foreign key mismatch")) {
                throw SqliteAlteration.refusal(mismatch, "drop that foreign key first, or keep or add the key");
            }
            throw e;
        }
    }

    /// What could be compiled before has to be so after.
    private void refuseBroken(Map<String, String> before) throws SQLException, Refusal {
        var now = schema.broken(table);
        var first =
                now.keySet().stream().filter(what -> !before.containsKey(what)).findFirst();
        if (first.isPresent()) {
            var why = now.getOrDefault(first.get(), "");
            var words = why.replaceFirst("^[^(]* \\(", "").replaceFirst("\\)$", "");
            throw SqliteAlteration.refusal(
                    first.get() + " would fail after it: " + words,
                    "drop or change the view, trigger or default first");
        }
    }
}
