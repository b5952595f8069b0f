package dev.lockstep.history;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;

/// The table `lockstep_schema`, which the gate asks. A revision has a row as soon as a pod that declares it may
/// start: when it is applied, or, for a held contract step, when everything before it that is not held is.
public final class Ledger {
    /// The row that stands from the first change of an empty database until its first run has come to its end.
    private static final String BUILDING = "*";

    /// The row whose alias is the owner; a `/` in it keeps it apart from a revision's alias.
    private static final String OWNER = "@";

    /// The row whose alias tells how the newest run has failed; a blank in it keeps it apart from a revision's alias.
    private static final String FAILED = "!";

    private Ledger() {}

    /// One row.
    ///
    /// @param version canonical
    /// @param floor pods that declare less are kept out from now on
    public record Row(String version, Optional<String> alias, Phase phase, int checksum, State state, boolean floor) {
        public static Row of(Version version, Optional<String> alias, Phase phase, int checksum, State state) {
            boolean floor = state == State.applied && phase == Phase.CONTRACT;
            return new Row(version.canonical(), alias, phase, checksum, state, floor);
        }

        public Row withoutFloor() {
            return new Row(version, alias, phase, checksum, state, false);
        }

        private static Row mark(String version, Optional<String> alias, State state) {
            return new Row(version, alias, Phase.EXPAND, 0, state, false);
        }
    }

    /// The first two open the gate. `started`: began outside a transaction, and nobody has recorded its end.
    /// `leaving`: the same on the way down. The others are states of the whole, each in a row of its own.
    public enum State {
        applied,
        held,
        started,
        leaving,
        building,
        owner,
        failed;

        boolean opens() {
            return this == applied || this == held;
        }

        static Optional<State> parse(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.name().equals(word))
                    .findFirst();
        }
    }

    /// What the gate answers.
    public sealed interface Reply {
        /// The pod may start.
        record Open() implements Reply {}

        /// Not yet.
        ///
        /// @param failed how the newest run has, if it has
        record Shut(Optional<String> failed) implements Reply {}

        /// Never again: it would find less than it needs.
        record Past(Version floor) implements Reply {}
    }

    public static void create(Connection connection, Dialect dialect) throws SQLException {
        for (var sql : dialect.ledger().create()) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    public static Marks read(Connection connection, Dialect dialect) throws SQLException {
        var states = new HashMap<Version, State>();
        var passed = Optional.<Version>empty();
        var closed = new HashSet<Version>();
        var owner = Optional.<String>empty();
        boolean building = false;
        boolean failed = false;
        try (var statement = connection.createStatement();
                var row = rows(statement, dialect)) {
            while (row.next()) {
                var version = Version.parse(row.getString(1));
                var state = State.parse(row.getString(2));
                if (version.isPresent() && state.isPresent()) {
                    states.put(version.get(), state.get());
                    if (row.getBoolean(5)) {
                        closed.add(version.get());
                    } else {
                        passed = higher(passed, row, version.get());
                    }
                }
                building |= state.equals(Optional.of(State.building));
                failed |= state.equals(Optional.of(State.failed));
                owner = state.equals(Optional.of(State.owner)) ? Optional.ofNullable(row.getString(4)) : owner;
            }
        }
        return new Marks(states, passed, closed, owner, building, failed);
    }

    private static ResultSet rows(Statement statement, Dialect dialect) throws SQLException {
        statement.setQueryTimeout(dialect.readTimeout());
        return statement.executeQuery(dialect.ledger().rows());
    }

    private static Optional<Version> higher(Optional<Version> floor, ResultSet row, Version version)
            throws SQLException {
        boolean higher = row.getBoolean(3)
                && floor.filter(before -> before.compareTo(version) >= 0).isEmpty();
        return higher ? Optional.of(version) : floor;
    }

    /// Writes one row in the transaction that is open. A script that waited may have been renamed since, so the alias
    /// may still stand beside another version.
    public static void put(Connection connection, Dialect dialect, Row row) throws SQLException {
        if (row.alias().isPresent()) {
            execute(connection, dialect.ledger().free(), row.alias().get(), row.version());
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
            statement.setBoolean(6, row.floor());
            statement.executeUpdate();
        }
    }

    private static boolean execute(Connection connection, String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate() > 0;
        }
    }

    public static void startBuilding(Connection connection, Dialect dialect) throws SQLException {
        put(connection, dialect, Row.mark(BUILDING, Optional.empty(), State.building));
    }

    public static void endBuilding(Connection connection, Dialect dialect) throws SQLException {
        execute(connection, dialect.ledger().remove(), BUILDING);
    }

    /// The database belongs to this resource from now on.
    public static void claim(Connection connection, Dialect dialect, String owner) throws SQLException {
        put(connection, dialect, Row.mark(OWNER, Optional.of(owner), State.owner));
    }

    /// The run that ends now has failed.
    ///
    /// @param how a code and a place
    public static void fail(Connection connection, Dialect dialect, String how) throws SQLException {
        put(connection, dialect, Row.mark(FAILED, Optional.of(how), State.failed));
    }

    /// Another run has begun.
    public static void endFailure(Connection connection, Dialect dialect) throws SQLException {
        execute(connection, dialect.ledger().remove(), FAILED);
    }

    public static boolean remove(Connection connection, Dialect dialect, Version version) throws SQLException {
        return execute(connection, dialect.ledger().remove(), version.canonical());
    }

    /// A script that began outside a transaction is known to have come to its end.
    public static void settle(Connection connection, Dialect dialect, Version version) throws SQLException {
        execute(connection, dialect.ledger().settle(), version.canonical());
    }

    /// Keeps out pods that declare less than this version, which has a row.
    public static boolean raise(Connection connection, Dialect dialect, Version floor) throws SQLException {
        return execute(connection, dialect.ledger().raise(), floor.canonical());
    }

    /// Lets them in again.
    public static boolean lower(Connection connection, Dialect dialect, Version floor) throws SQLException {
        return execute(connection, dialect.ledger().lower(), floor.canonical());
    }

    /// May a pod that declares this revision start? One indexed query.
    public static Reply ask(Connection connection, Dialect dialect, String revision) throws SQLException {
        var declared = Version.parse(revision);
        boolean open = false;
        var floor = Optional.<Version>empty();
        var failed = Optional.<String>empty();
        try (var statement = connection.prepareStatement(dialect.ledger().ask())) {
            statement.setString(1, declared.map(Version::canonical).orElse(revision));
            statement.setString(2, revision);
            statement.setString(3, FAILED);
            statement.setQueryTimeout(dialect.readTimeout());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var version = Version.parse(row.getString(1));
                    if (version.isEmpty()) { // a mark of ours, which is no revision
                        failed = FAILED.equals(row.getString(1)) ? Optional.ofNullable(row.getString(4)) : failed;
                        continue;
                    }
                    floor = higher(floor, row, version.get());
                    if (declared.equals(version) || revision.equals(row.getString(4))) {
                        declared = version;
                        open = State.parse(row.getString(2))
                                .filter(State::opens)
                                .isPresent();
                    }
                }
            }
        }
        return reply(declared, floor, open ? new Reply.Open() : new Reply.Shut(failed));
    }

    private static Reply reply(Optional<Version> declared, Optional<Version> floor, Reply reply) {
        boolean past = floor.isPresent()
                && declared.filter(it -> it.compareTo(floor.get()) < 0).isPresent();
        return past ? new Reply.Past(floor.get()) : reply;
    }
}
