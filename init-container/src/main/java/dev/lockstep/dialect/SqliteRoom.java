package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Change;
import dev.lockstep.script.Sizes;
import java.sql.Connection;
import java.sql.SQLException;

/// Is there room beside a SQLite database for a table that is to be built anew? Without it the copy would fail when the
/// disk is full, and until then keep every writer waiting and leave the application none.
///
record SqliteRoom(Connection connection, Address.Sqlite address, Dialect.Disk disk) {

    /// A table that loses columns may come out as small as anything, so of that nothing is foretold.
    ///
    /// @throws Refusal `Preflight`, at the database: its script is not to blame, and has done nothing
    void admit(Change.Copy change) throws SQLException, Refusal {
        var free = disk.free(address.file());
        if (free.isEmpty() || !change.gone().isEmpty() || free.getAsLong() >= whole()) {
            return;
        }
        var table = change.before().name();
        long needed = needed(table);
        if (free.getAsLong() < needed) {
            throw new Refusal(
                    Code.Preflight,
                    address.shown(),
                    "table " + table + " has to be built anew, which takes about " + Sizes.shown(needed) + ", and "
                            + Sizes.shown(free.getAsLong()) + " are free beside the database",
                    "free space there and run again");
        }
    }

    /// Of which no table is larger.
    private long whole() throws SQLException {
        return Query.longOf(connection, "pragma page_count") * page();
    }

    private long page() throws SQLException {
        return Query.longOf(connection, "pragma page_size");
    }

    /// The table and its indexes are written once more: into the write-ahead log, or else into pages that are free in
    /// the file already and only then behind its end.
    /// Source: SQLite documentation, "The DBSTAT Virtual Table" and "Write-Ahead Logging".
    private long needed(String table) throws SQLException {
        var sizes = "select coalesce(sum((select pgsize from dbstat where schema = 'main' and aggregate = 1"
                + " and name = s.name)), 0) from main.sqlite_schema s where s.rootpage > 0 and lower(s.tbl_name) = lower(?)";
        try (var statement = connection.prepareStatement(sizes)) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) - (logs() ? 0 : Query.longOf(connection, "pragma freelist_count") * page());
            }
        }
    }

    private boolean logs() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("pragma journal_mode")) {
            return row.next() && "wal".equals(row.getString(1));
        }
    }
}
