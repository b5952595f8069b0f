package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// A place on the way through a PostgreSQL table page by page, for one that has no key. A row that an update moves may
/// be
/// met twice on one walk, and one that somebody else moves may be missed, so the table is walked until a whole walk has
/// changed nothing.
///
/// @param page where the next range begins
/// @param end the table's pages when this walk began
/// @param changed rows, on this walk so far
record Pages(long page, long end, long changed) {
    static final String KEY = "ctid";

    /// For a table without statistics.
    private static final double ROWS_A_PAGE = 50;

    private record Size(long pages, double rows) {
        double rowsAPage() {
            return pages > 0 && rows > 0 ? Math.max(1, rows / pages) : ROWS_A_PAGE;
        }
    }

    /// From a note, or at the beginning; absent when there is nothing left to do.
    static Optional<Pages> at(Connection connection, String table, Optional<String> position) throws SQLException {
        var here = position.map(Pages::read);
        if (here.isPresent() && here.get().page < here.get().end) {
            return here;
        }
        boolean done = here.filter(it -> it.changed == 0).isPresent();
        return done
                ? Optional.empty()
                : Optional.of(new Pages(0, size(connection, table).pages(), 0)).filter(it -> it.end > 0);
    }

    private static Pages read(String position) {
        var numbers = position.split(", ", -1);
        return new Pages(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    static boolean isLast(String position) {
        var here = read(position);
        return here.page >= here.end;
    }

    String position() {
        return page + ", " + end + ", " + changed;
    }

    /// About so many rows on.
    Pages on(Connection connection, String table, int rows) throws SQLException {
        long step = Math.max(1, Math.round(rows / size(connection, table).rowsAPage()));
        return new Pages(Math.min(end, page + step), end, changed);
    }

    /// The note with so many more rows changed.
    static String changed(String position, long rows) {
        var here = read(position);
        return new Pages(here.page, here.end, here.changed + rows).position();
    }

    /// The condition that a row is on a page from this one up to the other's.
    String condition(Optional<String> alias, Pages to) {
        var column = alias.map(name -> name + ".").orElse("") + KEY;
        return "(" + column + " >= '(" + page + ",0)'::tid and " + column + " < '(" + to.page + ",0)'::tid)";
    }

    private static Size size(Connection connection, String table) throws SQLException {
        var sql = "select pg_relation_size(oid) / current_setting('block_size')::int, reltuples from pg_class"
                + " where oid = to_regclass(?)";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                return row.next() ? new Size(row.getLong(1), row.getDouble(2)) : new Size(0, 0);
            }
        }
    }
}
