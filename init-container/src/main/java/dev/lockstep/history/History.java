package dev.lockstep.history;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Flyway's table, understood as Flyway understands it.
///
/// @param applied version → the row that says so; what a `DELETE` row took back is not here
/// @param repeatables description → newest successful row
/// @param failed rows of scripts that failed outside a transaction
/// @param baseline everything up to it counts as applied
/// @param rank of the newest row; grows with everything that was ever done, down as well as up
public record History(
        Map<Version, Entry> applied,
        Map<String, Entry> repeatables,
        List<Entry> failed,
        Optional<Version> baseline,
        int rank) {
    public static final History EMPTY = new History(new TreeMap<>(), Map.of(), List.of(), Optional.empty(), 0);

    /// Reads it; the table is there.
    ///
    /// @throws Refusal `HistoryInvalid` for a row whose version is none
    public static History read(Connection connection, Dialect dialect) throws SQLException, Refusal {
        var entries = new ArrayList<Entry>();
        try (var statement = connection.createStatement();
                var row = rows(statement, dialect)) {
            while (row.next()) {
                entries.add(entry(row, dialect.address().history()));
            }
        }
        return of(entries);
    }

    private static ResultSet rows(Statement statement, Dialect dialect) throws SQLException {
        statement.setQueryTimeout(dialect.readTimeout());
        return statement.executeQuery(dialect.book().rows());
    }

    private static Entry entry(ResultSet row, String table) throws SQLException, Refusal {
        int checksum = row.getInt("checksum");
        var known = row.wasNull() ? Optional.<Integer>empty() : Optional.of(checksum);
        return new Entry(
                row.getInt("installed_rank"),
                version(row, table),
                row.getString("description"),
                row.getString("type"),
                row.getString("script"),
                known,
                row.getBoolean("success"));
    }

    /// Absent for a repeatable. Flyway itself breaks off at a row like the one that is refused.
    private static Optional<Version> version(ResultSet row, String table) throws SQLException, Refusal {
        var text = Optional.ofNullable(row.getString("version"));
        var version = text.flatMap(Version::parse);
        if (text.isPresent() && version.isEmpty()) {
            var rank = row.getInt("installed_rank");
            throw new Refusal(
                    Code.HistoryInvalid,
                    table + ", installed_rank " + rank,
                    "the row of " + row.getString("script") + " has the version '" + text.get() + "', which is none",
                    "correct it by hand: update " + table + " set version = '…' where installed_rank = " + rank
                            + "; or delete the row, if that script never ran");
        }
        return version;
    }

    /// Plays the rows in the order in which they were written.
    public static History of(List<Entry> entries) {
        var applied = new TreeMap<Version, Entry>();
        var repeatables = new LinkedHashMap<String, Entry>();
        var failed = new ArrayList<Entry>();
        for (var entry : entries) {
            switch (entry.type()) {
                case "SCHEMA" -> {}
                case "DELETE" ->
                    entry.version().ifPresentOrElse(applied::remove, () -> repeatables.remove(entry.description()));
                default -> play(entry, applied, repeatables, failed);
            }
        }
        var baseline = applied.values().stream()
                .filter(entry -> entry.type().contains("BASELINE"))
                .flatMap(entry -> entry.version().stream())
                .max(Version::compareTo);
        int rank = entries.stream().mapToInt(Entry::rank).max().orElse(0);
        return new History(applied, repeatables, failed, baseline, rank);
    }

    private static void play(
            Entry entry, Map<Version, Entry> applied, Map<String, Entry> repeatables, List<Entry> failed) {
        if (!entry.success()) {
            failed.add(entry);
            return;
        }
        entry.version()
                .ifPresentOrElse(
                        version -> applied.put(version, entry), () -> repeatables.put(entry.description(), entry));
    }

    /// As it was before the newest of what is applied: one, two, or more.
    public History without(int newest) {
        var earlier = new TreeMap<>(applied);
        applied.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<Version, Entry> it) -> it.getValue().rank())
                        .reversed())
                .limit(newest)
                .forEach(it -> earlier.remove(it.getKey()));
        return new History(earlier, repeatables, failed, baseline, rank);
    }

    /// Has this version been applied, by a script or by a baseline?
    public boolean has(Version version) {
        return applied.containsKey(version)
                || baseline.filter(base -> version.compareTo(base) <= 0).isPresent();
    }

    /// The versions that can be taken back: not a baseline, which stands for what nobody has scripts of.
    public NavigableSet<Version> removable() {
        var removable = new TreeSet<>(applied.keySet());
        baseline.ifPresent(base -> removable.removeIf(version -> version.compareTo(base) <= 0));
        return removable;
    }

    /// The newest version applied.
    public Optional<Version> newest() {
        return applied.keySet().stream().max(Version::compareTo);
    }

    /// The newest version in its canonical spelling; empty before the first.
    public String head() {
        return newest().map(Version::canonical).orElse("");
    }

    public boolean isEmpty() {
        return applied.isEmpty() && repeatables.isEmpty() && failed.isEmpty();
    }
}
