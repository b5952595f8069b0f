package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.KeptObjects;
import dev.lockstep.dialect.Objects;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Is the schema as the last run has left it? Each run keeps what the schema defines at its end, in the database
/// itself.
public final class Drift {
    private final Dialect dialect;
    private final Settings settings;
    private final Engine.Surroundings around;

    public Drift(Dialect dialect, Settings settings, Engine.Surroundings around) {
        this.dialect = dialect;
        this.settings = settings;
        this.around = around;
    }

    /// What there is to say.
    public sealed interface Answer {
        record InStep(int objects) implements Answer {}

        /// Nothing was known of this head of the history: Flyway has moved it, or the last run was killed. It is now.
        record KeptNow(int objects) implements Answer {}

        /// @param lines `+ index public.x` for what no run has made, `-` for what is gone, `~` for what reads otherwise
        record Differs(List<String> lines) implements Answer {}
    }

    /// Nothing is locked where nothing differs. What differs may be a run at work, so its end is waited for then.
    ///
    /// @throws Refusal `LockBusy` where it does not come inside the budget
    public Answer ask() throws Refusal {
        try (var session = Session.open(dialect, "lockstep/drift")) {
            var first = session.on(connection -> compare(session, connection, session.look()));
            if (first instanceof Answer.InStep) return first;
        }
        return alone((session, seen) -> session.on(connection -> {
            var again = compare(session, connection, seen);
            if (again instanceof Answer.KeptNow) keep(connection, head(seen), objects(connection));
            return again;
        }));
    }

    /// What the schema is now counts as what the last run has left.
    ///
    /// @return what had differed, one line each
    public List<String> accept() throws Refusal {
        return alone((session, seen) -> session.on(connection -> {
            var before = compare(session, connection, seen);
            keep(connection, head(seen), objects(connection));
            return before instanceof Answer.Differs(var lines) ? lines : List.<String>of();
        }));
    }

    private interface Asking<T> {
        T of(Session session, Session.Seen seen) throws Refusal;
    }

    private <T> T alone(Asking<T> asking) throws Refusal {
        try (var session = Session.open(dialect, settings, around)) {
            session.refuseIndirect(session.look());
            var lock = new Locking(session, settings, around).take();
            try {
                var seen = session.look();
                session.refuseUnfit(seen);
                session.refuseForeign(seen, settings.owner());
                return asking.of(session, seen);
            } finally {
                lock.close();
            }
        }
    }

    /// A history of nothing is followed by whatever there is.
    private Answer compare(Session session, Connection connection, Session.Seen seen) throws SQLException, Refusal {
        session.refuseUnfit(seen);
        if (!seen.standing().history()) return new Answer.InStep(0);
        var now = objects(connection);
        var kept = new KeptObjects(connection, dialect.address()).of(head(seen));
        if (kept.isEmpty()) return new Answer.KeptNow(now.size());
        var lines = differences(kept.get(), now);
        return lines.isEmpty() ? new Answer.InStep(now.size()) : new Answer.Differs(lines);
    }

    private static List<String> differences(Map<String, String> kept, Map<String, String> now) {
        var lines = new ArrayList<String>();
        for (var name : names(kept, now)) {
            if (!kept.containsKey(name)) lines.add("+ " + name);
            else if (!now.containsKey(name)) lines.add("- " + name);
            else if (!kept.get(name).equals(now.get(name))) lines.add("~ " + name);
        }
        return lines;
    }

    private static SortedSet<String> names(Map<String, String> some, Map<String, String> others) {
        var names = new TreeSet<>(some.keySet());
        names.addAll(others.keySet());
        return names;
    }

    /// What changes the schema on a session that has the lock.
    interface Change {
        void make() throws Refusal;
    }

    /// Keeps what the schema is after a change, however that ends. What had drifted before and was not touched stays
    /// told. Never a reason for a run to fail: what is not kept is not known, and is kept by the next who asks.
    void during(Session session, Session.Seen before, Change change) throws Refusal {
        var known = quietly(() -> known(session.connection(), before));
        try {
            change.make();
        } finally {
            quietly(() -> keep(session, known));
        }
    }

    /// @param kept at the end of the last run
    /// @param was before this one
    private record Known(Map<String, String> kept, Map<String, String> was) {}

    private Optional<Known> known(Connection connection, Session.Seen before) throws SQLException, Refusal {
        var objects = new KeptObjects(connection, dialect.address());
        if (!before.standing().history()) { // Flyway would not begin one in a schema that has tables
            objects.drop();
            return Optional.empty();
        }
        var kept = objects.of(head(before));
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Known(kept.get(), objects(connection)));
    }

    private Optional<Known> keep(Session session, Optional<Known> known) throws SQLException, Refusal {
        var seen = session.look();
        if (seen.standing().history()) {
            var now = objects(session.connection());
            keep(
                    session.connection(),
                    head(seen),
                    known.map(it -> untouched(it, now)).orElse(now));
        }
        return known;
    }

    private static SortedMap<String, String> untouched(Known known, Map<String, String> now) {
        var left = new TreeMap<>(now);
        for (var name : names(known.kept(), known.was())) {
            var was = Optional.ofNullable(known.was().get(name));
            var kept = Optional.ofNullable(known.kept().get(name));
            if (!was.equals(kept) && was.equals(Optional.ofNullable(now.get(name)))) {
                kept.ifPresentOrElse(it -> left.put(name, it), () -> left.remove(name));
            }
        }
        return left;
    }

    private interface Asked {
        Optional<Known> get() throws SQLException, Refusal;
    }

    /// Tried once: a run does not wait for it.
    private Optional<Known> quietly(Asked asked) {
        try {
            return asked.get();
        } catch (SQLException e) {
            around.listener().hear(new Event.Detail("drift: " + e.getMessage()));
        } catch (Refusal e) {
            around.listener().hear(new Event.Detail("drift: " + e.failure().line()));
        }
        return Optional.empty();
    }

    /// The server's major version is in it, for another one may write the same definition otherwise. So is what is
    /// begun
    /// and has not come to its end: a run that dies over it leaves objects that no one has kept.
    private static String head(Session.Seen seen) {
        var begun =
                seen.marks().unfinished().stream().map(Version::text).sorted().toList();
        var rank = seen.history().rank() + " on " + seen.standing().major();
        return begun.isEmpty() ? rank : rank + " in " + String.join(",", begun);
    }

    private SortedMap<String, String> objects(Connection connection) throws SQLException {
        return new Objects(connection, dialect.address()).all();
    }

    private void keep(Connection connection, String head, Map<String, String> objects) throws SQLException, Refusal {
        OneTransaction.of(connection, () -> {
            new KeptObjects(connection, dialect.address()).put(head, objects);
            return true;
        });
    }
}
