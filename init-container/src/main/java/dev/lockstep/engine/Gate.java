package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Session.Seen;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.Row;
import dev.lockstep.history.Ledger.State;
import dev.lockstep.lint.Verdict;
import dev.lockstep.plan.Direction;
import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Brings `lockstep_schema` to what the graph, the history and the held steps say: scripts that plain Flyway
/// applied before, contract steps that wait while everything before them is done, and those that no longer may.
///
/// @param closes pods are kept out from now on: on the way up those that declare less than the target, on the way
///     down those that declare what is to be taken back
/// @param forAll the run speaks for every pod, not for the one that it goes before
record Gate(Graph graph, Plan plan, boolean closes, boolean forAll) {

    static Gate of(Graph graph, Plan plan, Settings settings) {
        return new Gate(
                graph, plan, settings.goal().closesGate(), settings.owner().isPresent());
    }

    /// Is there nothing to write? A database that is ahead is none of this run's business otherwise.
    boolean isOpen(Seen seen) {
        return lowered(seen).isEmpty() && (plan.ahead() || isTrue(seen));
    }

    private boolean isTrue(Seen seen) {
        return missing(seen).isEmpty()
                && settled(seen).isEmpty()
                && stale(seen).isEmpty()
                && !seen.marks().building()
                && !seen.marks().failed()
                && floor(seen).isEmpty();
    }

    /// @param ends the first run of an empty database has come to its end
    void open(Session session, Seen seen, boolean ends) throws Refusal {
        var missing = missing(seen);
        var settled = settled(seen);
        var stale = stale(seen);
        session.on(connection -> {
            Ledger.create(connection, session.dialect());
            for (var version : stale) {
                Ledger.remove(connection, session.dialect(), version);
            }
            for (var row : missing) {
                Ledger.put(connection, session.dialect(), row);
            }
            for (var version : settled) {
                Ledger.settle(connection, session.dialect(), version);
                if (graph.find(version).isPresent()) {
                    Batches.forget(
                            connection,
                            session.dialect(),
                            graph.find(version).get().up());
                }
            }
            move(connection, session.dialect(), seen);
            Batches.forgetAgain(connection, session.dialect()); // whom the gate lets in now may write what was swept
            if (ends && seen.marks().building()) {
                Ledger.endBuilding(connection, session.dialect());
            }
            return true;
        });
    }

    private void move(Connection connection, Dialect dialect, Seen seen) throws SQLException {
        for (var version : lowered(seen)) {
            Ledger.lower(connection, dialect, version);
        }
        if (floor(seen).isPresent()) {
            Ledger.raise(connection, dialect, floor(seen).get());
        }
    }

    /// The target, if the gate is to be closed below it and is not yet.
    private Optional<Version> floor(Seen seen) {
        return plan.target()
                .newest()
                .filter(newest -> closes
                        && leaving().isEmpty()
                        && seen.marks()
                                .floor()
                                .filter(floor -> floor.compareTo(newest) >= 0)
                                .isEmpty());
    }

    /// Above a target that has become a lower one since the gate was closed. What has not run is in nobody's way.
    private List<Version> lowered(Seen seen) {
        var newest = plan.target().newest();
        return seen.marks().closed().stream()
                .filter(floor -> forAll
                        && !closes
                        && newest.filter(it -> it.compareTo(floor) >= 0).isEmpty())
                .toList();
    }

    /// What the gate no longer lets in, though it is there yet. The next run upwards lets it in again.
    private Set<Version> leaving() {
        return closes ? versions(held -> held.step().direction() == Direction.down) : Set.of();
    }

    /// What is not let in again: the run that closes the gate keeps it out, and so does the one after it that waits
    /// for a person to agree.
    private Set<Version> kept() {
        return versions(
                held -> held.step().direction() == Direction.down && (closes || held.reason() == Held.Reason.approval));
    }

    private Set<Version> versions(Predicate<Held> which) {
        return plan.held().stream()
                .filter(which)
                .flatMap(held -> held.step().script().version().stream())
                .collect(Collectors.toSet());
    }

    private List<Row> missing(Seen seen) {
        var waiting = waiting();
        var out = kept();
        var rows = new ArrayList<Row>();
        for (var revision : graph.revisions()) {
            if (out.contains(revision.version())) {
                continue;
            }
            var before = seen.marks().state(revision.version());
            state(revision, seen, waiting)
                    .filter(state -> !before.equals(Optional.of(state)) && !before.equals(Optional.of(State.started)))
                    .ifPresent(state -> rows.add(row(revision, state, before)));
        }
        return rows;
    }

    /// Came to their end in a run that did not live to say so. Its row knows the phase that they had there.
    private static List<Version> settled(Seen seen) {
        return seen.marks().states().entrySet().stream()
                .filter(entry ->
                        entry.getValue() == State.started && seen.history().has(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Set<Version> waiting() {
        return versions(
                held -> held.step().direction() == Direction.up && held.step().phase() == Phase.CONTRACT);
    }

    private Optional<State> state(Revision revision, Seen seen, Set<Version> waiting) {
        if (seen.history().has(revision.version())) {
            return Optional.of(State.applied);
        }
        boolean ready = waiting.contains(revision.version())
                && graph.closure(List.of(revision.version())).stream()
                        .allMatch(version ->
                                waiting.contains(version) || seen.history().has(version));
        return ready ? Optional.of(State.held) : Optional.empty();
    }

    /// Rows that were true before something was taken back. A step that waits stays so when a run aims lower.
    private List<Version> stale(Seen seen) {
        var leaving = leaving();
        return seen.marks().states().entrySet().stream()
                .filter(entry -> switch (entry.getValue()) {
                    case applied ->
                        leaving.contains(entry.getKey()) || !seen.history().has(entry.getKey());
                    case leaving -> !seen.history().has(entry.getKey());
                    case held -> !mayWait(entry.getKey(), seen);
                    case started, building, owner, failed -> false;
                })
                .map(entry -> entry.getKey())
                .toList();
    }

    private boolean mayWait(Version version, Seen seen) {
        return graph.find(version).isPresent()
                && graph.closure(List.of(version)).stream()
                        .flatMap(before -> graph.find(before).stream())
                        .allMatch(before -> seen.history().has(before.version()) || phase(before) == Phase.CONTRACT);
    }

    /// What plain Flyway applied closes no gate: nobody has said for whom it was too much.
    static Row row(Revision revision, State state, Optional<State> before) {
        var script = revision.up();
        var row = Row.of(revision.version(), script.header().alias(), phase(revision), script.checksum(), state);
        return before.isPresent() ? row : row.withoutFloor();
    }

    private static Phase phase(Revision revision) {
        return Verdict.of(revision.up(), Set.of()).phase();
    }
}
