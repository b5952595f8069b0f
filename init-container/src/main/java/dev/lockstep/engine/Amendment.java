package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Target;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Chronicle;
import dev.lockstep.history.Entry;
import dev.lockstep.history.History;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.State;
import dev.lockstep.plan.Plan;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes what the history says without running a script: for people, under the run's lock, in one transaction.
public final class Amendment {
    private final Dialect dialect;
    private final Graph graph;
    private final Settings settings;
    private final Engine.Surroundings around;

    public Amendment(Dialect dialect, Graph graph, Settings settings, Engine.Surroundings around) {
        this.dialect = dialect;
        this.graph = graph;
        this.settings = settings;
        this.around = around;
    }

    /// What is to be written, and in words for people.
    private record Change(String words, Write write) {}

    private interface Write {
        void on(Connection connection) throws SQLException;
    }

    private interface Finding {
        List<Change> in(Session.Seen seen) throws Refusal;
    }

    /// The database is at the settings' target from now on: scripts up to it count as applied, those that descend
    /// from it as taken back.
    ///
    /// @return what was changed, one line each
    public List<String> stamp() throws Refusal {
        return amend(true, this::stamped);
    }

    private List<Change> stamped(Session.Seen seen) throws Refusal {
        var history = seen.history();
        var target = target(history);
        var changes = new ArrayList<Change>();
        for (var version : history.removable().descendingSet()) {
            if (!target.wanted().contains(version) && descends(version, target)) {
                changes.add(takenBack(
                        Optional.ofNullable(history.applied().get(version)).orElseThrow(), version));
            }
        }
        for (var version : target.wanted()) {
            if (!history.has(version)) {
                changes.add(applied(graph.find(version).orElseThrow().up()));
            }
        }
        return changes;
    }

    private Target target(History history) throws Refusal {
        var word = settings.goal().target();
        if (word.startsWith("-")) {
            throw new Refusal(
                    Code.GraphInvalid,
                    word,
                    "is a step down, and a stamp takes none",
                    "lockstep stamp REV, with a revision that lockstep history lists");
        }
        var target = Target.of(graph, word, history.applied().keySet());
        target.refuseBelow(history.baseline());
        return target;
    }

    private boolean descends(Version version, Target target) {
        return target.tips().isEmpty()
                || graph.find(version).isEmpty()
                || target.tips().stream().anyMatch(tip -> graph.descendants(tip).contains(version));
    }

    private Change takenBack(Entry entry, Version version) {
        return new Change(version + " counts as taken back", connection -> {
            Chronicle.delete(connection, dialect, entry);
            Ledger.remove(connection, dialect, version);
        });
    }

    private Change applied(Script script) {
        return new Change(script.number() + " counts as applied", connection -> {
            Ledger.remove(connection, dialect, script.number());
            Batches.forget(connection, dialect, script);
            Chronicle.applied(connection, dialect, script);
        });
    }

    /// Takes rows of failed scripts out, brings checksums to those of the scripts as they are, and lets what was
    /// applied by files that are gone count as taken back, as Flyway's own `repair` does.
    ///
    /// @param done of scripts whose end is not known: these came to it
    /// @param undone these did not, and what they did is undone
    /// @return what was changed, one line each
    public List<String> repair(List<String> done, List<String> undone) throws Refusal {
        return amend(false, seen -> repaired(seen, done, undone));
    }

    private List<Change> repaired(Session.Seen seen, List<String> done, List<String> undone) throws Refusal {
        var changes = new ArrayList<Change>();
        for (var failed : seen.history().failed()) {
            changes.add(new Change(
                    failed.script() + ": its failed row is removed",
                    connection -> Chronicle.remove(connection, dialect, failed)));
        }
        for (var entry : seen.history().applied().entrySet()) {
            changes.addAll(align(entry.getKey(), entry.getValue()));
        }
        for (var word : done) {
            changes.add(applied(begun(word, seen)));
        }
        for (var word : undone) {
            var script = begun(word, seen);
            changes.add(new Change(script.number() + " counts as never begun", connection -> {
                Ledger.remove(connection, dialect, script.number());
                Batches.forget(connection, dialect, script);
            }));
        }
        return changes;
    }

    private List<Change> align(Version version, Entry entry) {
        if (entry.type().contains("BASELINE")) {
            return List.of();
        }
        var revision = graph.find(version);
        if (revision.isEmpty()) {
            boolean newer = graph.revisions().isEmpty()
                    || version.compareTo(graph.revisions().getLast().version()) > 0;
            return newer ? List.of() : List.of(takenBack(entry, version));
        }
        var script = revision.get().up();
        if (entry.checksum().filter(sum -> sum != script.checksum()).isEmpty()) {
            return List.of();
        }
        return List.of(new Change(script.file() + ": its checksum is that of the file now", connection -> {
            Chronicle.align(connection, dialect, entry, script);
            Ledger.remove(connection, dialect, version);
        }));
    }

    private Script begun(String word, Session.Seen seen) throws Refusal {
        var script = graph.one(word).up();
        if (!seen.marks().state(script.number()).equals(Optional.of(State.started))) {
            throw new Refusal(
                    Code.GraphInvalid, word, "is not a script whose end is unknown", "lockstep validate names those");
        }
        return script;
    }

    private List<String> amend(boolean creates, Finding finding) throws Refusal {
        try (var session = Session.open(dialect, settings, around)) {
            session.refuseIndirect(session.look());
            var lock = new Locking(session, settings, around).take();
            try {
                var changed = new ArrayList<String>();
                new Drift(dialect, settings, around)
                        .during(session, session.look(), () -> changed.addAll(amend(session, creates, finding)));
                return changed;
            } finally {
                lock.close();
            }
        }
    }

    private List<String> amend(Session session, boolean creates, Finding finding) throws Refusal {
        var seen = session.look();
        session.refuseForeign(seen, settings.owner());
        if (!creates || seen.isBegun()) {
            session.refuseUnfit(seen);
        }
        var changes = finding.in(seen);
        if (creates && !seen.standing().history() && !changes.isEmpty()) {
            Foundation.lay(session);
        }
        session.on(connection -> write(connection, changes));
        var after = session.look();
        if (after.standing().history()) {
            new Gate(graph, Plan.NOTHING, false, false).open(session, after, creates);
        }
        return changes.stream().map(Change::words).toList();
    }

    private boolean write(Connection connection, List<Change> changes) throws SQLException, Refusal {
        return OneTransaction.of(connection, () -> {
            Ledger.create(connection, dialect);
            for (var change : changes) {
                change.write().on(connection);
            }
            return true;
        });
    }
}
