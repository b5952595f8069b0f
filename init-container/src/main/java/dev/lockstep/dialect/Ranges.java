package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How a table is walked in ranges of a key, and `lockstep_journal`, the note of how far that came.
public final class Ranges {
    /// What a database's own quoting makes. The note may be written by whom the owner lets write, and is made part of
    /// statements: nothing else is taken from it.
    private static final String LITERAL =
            "(?:-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|X'[0-9A-F]*'| ?E'(?:[^'\\\\]|''|\\\\\\\\)*'|'(?:[^'\\\\]|'')*')";

    private static final Pattern POSITION = Pattern.compile(LITERAL + "(?:, " + LITERAL + ")*", Pattern.DOTALL);

    /// Undefined table, undefined column.
    private static final Set<String> UNKNOWN = Set.of("42P01", "42703");

    /// What SQLite says of those, and of other statements that it cannot prepare.
    private static final int SQLITE_ERROR = 1;

    private final boolean sqlite;
    private final String journal;

    private Ranges(boolean sqlite, String journal) {
        this.sqlite = sqlite;
        this.journal = journal;
    }

    public static Ranges of(Address address) {
        return switch (address) {
            case Address.Postgresql postgresql ->
                new Ranges(false, PostgresqlDialect.quote(postgresql.schema()) + ".lockstep_journal");
            case Address.Sqlite file -> new Ranges(true, "lockstep_journal");
        };
    }

    /// How far a script has come.
    ///
    /// @param script its letter and version
    /// @param position literals of the last key, between commas; absent at the beginning
    /// @param rows of the table that were walked
    public record Note(String script, int checksum, Optional<String> position, long rows) {}

    /// A range that comes next.
    ///
    /// @param condition that a row is in it
    /// @param position of its end, for the note
    /// @param rows that are in it
    public record Range(String condition, String position, long rows) {}

    /// Makes room for notes, outside a transaction. SQLite looks after foreign keys itself meanwhile: to check them all
    /// after each range would take as long as the tables are large.
    public void begin(Connection connection) throws SQLException {
        Query.run(
                connection,
                "create table if not exists " + journal
                        + " (script text primary key, checksum integer not null, place text, walked bigint not null)");
        if (sqlite) {
            Query.run(connection, "pragma foreign_keys = on");
        }
    }

    /// Nothing of ours stays where nothing is half done.
    public void end(Connection connection, String script) throws SQLException {
        forget(connection, script);
        if (Query.longOf(connection, "select count(*) from " + journal) == 0) {
            Query.run(connection, "drop table " + journal);
        }
    }

    /// Whatever comes next on the connection.
    public void leave(Connection connection) throws SQLException {
        if (sqlite) {
            Query.run(connection, "pragma foreign_keys = off");
        }
    }

    /// The script begins again at the first row; `%` stands for whatever a name goes on with.
    public void forget(Connection connection, String script) throws SQLException {
        try (var statement = connection.prepareStatement("delete from " + journal + " where script like ?")) {
            statement.setString(1, script);
            statement.executeUpdate();
        }
    }

    /// Do all the tables and columns exist that a statement names? It is not carried out.
    public boolean understands(Connection connection, String sql) throws SQLException {
        try {
            Query.run(connection, "explain " + sql);
            return true;
        } catch (SQLException failure) {
            boolean unknown = sqlite
                    ? failure.getErrorCode() == SQLITE_ERROR
                    : UNKNOWN.contains(String.valueOf(failure.getSQLState()));
            if (unknown) {
                return false;
            }
            throw failure;
        }
    }

    public boolean isThere(Connection connection) throws SQLException {
        var sql = sqlite
                ? "select count(*) from sqlite_schema where name = 'lockstep_journal'"
                : "select (to_regclass('" + journal.replace("'", "''") + "') is not null)::int";
        return Query.longOf(connection, sql) > 0;
    }

    /// @throws Refusal `Uncertain` for a note that nobody of us wrote
    public Optional<Note> note(Connection connection, String script) throws SQLException, Refusal {
        try (var statement =
                connection.prepareStatement("select checksum, place, walked from " + journal + " where script = ?")) {
            statement.setString(1, script);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var position = Optional.ofNullable(row.getString(2));
                if (position.filter(it -> !POSITION.matcher(it).matches()).isPresent()) {
                    throw new Refusal(
                            Code.Uncertain,
                            journal,
                            "the note of how far " + script + " came is not one that was written by a run",
                            "find out who writes there, and correct the row");
                }
                return Optional.of(new Note(script, row.getInt(1), position, row.getLong(3)));
            }
        }
    }

    /// Writes the note in the transaction that is open.
    public void keep(Connection connection, Note note) throws SQLException {
        try (var statement = connection.prepareStatement("insert into " + journal
                + " (script, checksum, place, walked) values (?, ?, ?, ?) on conflict (script) do update set"
                + " checksum = excluded.checksum, place = excluded.place, walked = excluded.walked")) {
            statement.setString(1, note.script());
            statement.setInt(2, note.checksum());
            statement.setString(3, note.position().orElse(null));
            statement.setLong(4, note.rows());
            statement.executeUpdate();
        }
    }

    /// Columns to walk a table by; empty for none.
    public List<String> key(Connection connection, String table) throws SQLException {
        return sqlite ? TableKey.sqlite(connection, table) : TableKey.postgresql(connection, table);
    }

    /// Would rows be left out of every range, for they have no value to be walked by? SQLite takes such even in a
    /// primary
    /// key.
    /// Source: SQLite documentation, "CREATE TABLE", The PRIMARY KEY.
    public boolean skips(Connection connection, String table, List<String> key) throws SQLException {
        if (isByPage(key)) {
            return false;
        }
        var none = key.stream().map(it -> it + " is null").collect(Collectors.joining(" or "));
        var sql = "select count(*) from (select 1 from " + table + " where " + none + " limit 1) r";
        return Query.longOf(connection, sql) > 0;
    }

    /// The next range behind a position; absent where no row is.
    ///
    /// @param key columns, or `ctid` alone for a table without one
    /// @param rows about how many
    public Optional<Range> next(
            Connection connection,
            String table,
            Optional<String> alias,
            List<String> key,
            Optional<String> after,
            int rows)
            throws SQLException {
        return isByPage(key)
                ? nextPages(connection, table, alias, after, rows)
                : nextKeys(connection, table, alias, key, after, rows);
    }

    private boolean isByPage(List<String> key) {
        return !sqlite && key.equals(List.of(Pages.KEY));
    }

    /// Was that the last range of a walk page by page, behind which another walk may begin?
    public boolean endsWalk(List<String> key, Note note) {
        return isByPage(key) && note.position().filter(Pages::isLast).isPresent();
    }

    /// The note of a range whose statement has changed so many rows.
    public String done(List<String> key, Range range, long changed) {
        return isByPage(key) ? Pages.changed(range.position(), changed) : range.position();
    }

    private static Optional<Range> nextPages(
            Connection connection, String table, Optional<String> alias, Optional<String> after, int rows)
            throws SQLException {
        var here = Pages.at(connection, table, after);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        var to = here.get().on(connection, table, rows);
        var count = "select count(*) from " + table + " where " + here.get().condition(Optional.empty(), to);
        return Optional.of(new Range(here.get().condition(alias, to), to.position(), Query.longOf(connection, count)));
    }

    private Optional<Range> nextKeys(
            Connection connection,
            String table,
            Optional<String> alias,
            List<String> key,
            Optional<String> after,
            int rows)
            throws SQLException {
        var columns = String.join(", ", key);
        var last = key.stream().map(it -> it + " desc").collect(Collectors.joining(", "));
        var position = key.stream()
                .map(it -> sqlite ? "quote(" + it + ")" : "quote_literal(" + it + "::text)")
                .collect(Collectors.joining(" || ', ' || "));
        var where = after.map(it -> " where (" + columns + ") > (" + it + ")").orElse("");
        var range = "select " + columns + " from " + table + where + " order by " + columns + " limit " + rows;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("with r as (" + range + ") select " + position
                        + ", (select count(*) from r) from r order by " + last + " limit 1")) {
            return row.next()
                    ? Optional.of(
                            new Range(condition(key, alias, after, row.getString(1)), row.getString(1), row.getLong(2)))
                    : Optional.empty();
        }
    }

    /// The condition that a row is in the range.
    private static String condition(List<String> key, Optional<String> alias, Optional<String> after, String to) {
        var columns = key.stream()
                .map(it -> alias.map(name -> name + "." + it).orElse(it))
                .collect(Collectors.joining(", ", "(", ")"));
        return "(" + after.map(it -> columns + " > (" + it + ") and ").orElse("") + columns + " <= (" + to + "))";
    }
}
