package dev.lockstep.history;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The table `lockstep_schema`, which the gate asks. A revision has a row as soon as a pod that declares it may
/// start:
/// when it is applied, or, for a held contract step, when everything before it that is not held is.
public final class Ledger {
    /// The row that stands from the first change of an empty database until its first run has come to its end.
    public static final String BUILDING = "*";

    private Ledger() {}

    /// One row.
    ///
    /// @param version canonical
    public record Row(String version, Optional<String> alias, Phase phase, int checksum, State state) {
        public static Row of(Version version, Optional<String> alias, Phase phase, int checksum, State state) {
            return new Row(version.canonical(), alias, phase, checksum, state);
        }
    }

    /// The first two open the gate. `started`: began outside a transaction, and nobody has recorded its end.
    public enum State {
        applied,
        held,
        started,
        building
    }

    public static void create(Connection connection, Dialect dialect) throws SQLException {
        for (var sql : dialect.ledger().create()) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /// Canonical version → state.
    public static Map<String, String> read(Connection connection, Dialect dialect) throws SQLException {
        var states = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(dialect.ledger().rows())) {
            while (row.next()) {
                states.put(row.getString(1), row.getString(2));
            }
        }
        return states;
    }

    /// Writes one row in the transaction that is open. A script that waited may have been renamed since, so the alias
    /// may still stand beside another version.
    public static void put(Connection connection, Dialect dialect, Row row) throws SQLException {
        if (row.alias().isPresent()) {
            free(connection, dialect, row.alias().get(), row.version());
        }
        try (var statement = connection.prepareStatement(dialect.ledger().put())) {
            statement.setString(1, row.version());
            if (row.alias().isPresent()) {
                statement.setString(2, row.alias().get());
            } else {
                statement.setNull(2, Types.VARCHAR);
            }
            statement.setString(3, row.phase().word());
            statement.setInt(4, row.checksum());
            statement.setString(5, row.state().name());
            statement.executeUpdate();
        }
    }

    private static void free(Connection connection, Dialect dialect, String alias, String version) throws SQLException {
        try (var statement = connection.prepareStatement(dialect.ledger().free())) {
            statement.setString(1, alias);
            statement.setString(2, version);
            statement.executeUpdate();
        }
    }

    public static void startBuilding(Connection connection, Dialect dialect) throws SQLException {
        put(connection, dialect, new Row(BUILDING, Optional.empty(), Phase.EXPAND, 0, State.building));
    }

    public static void endBuilding(Connection connection, Dialect dialect) throws SQLException {
        remove(connection, dialect, BUILDING);
    }

    public static boolean remove(Connection connection, Dialect dialect, Version version) throws SQLException {
        return remove(connection, dialect, version.canonical());
    }

    private static boolean remove(Connection connection, Dialect dialect, String version) throws SQLException {
        try (var statement = connection.prepareStatement(dialect.ledger().remove())) {
            statement.setString(1, version);
            return statement.executeUpdate() > 0;
        }
    }

    /// May a pod that declares this revision start? One indexed query.
    public static boolean admits(Connection connection, Dialect dialect, String revision) throws SQLException {
        var version = Version.parse(revision).map(Version::canonical).orElse(revision);
        try (var statement = connection.prepareStatement(dialect.ledger().ask())) {
            statement.setString(1, version);
            statement.setString(2, revision);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
