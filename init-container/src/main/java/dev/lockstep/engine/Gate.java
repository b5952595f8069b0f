package dev.lockstep.engine;

import dev.lockstep.engine.Session.Seen;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.Row;
import dev.lockstep.history.Ledger.State;
import dev.lockstep.lint.Verdict;
import dev.lockstep.plan.Held;
import dev.lockstep.plan.Plan;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings `lockstep_schema` to what the graph, the history and the held steps say: scripts that plain Flyway
/// applied
/// before,
/// and contract steps that wait while everything before them is done.
record Gate(Graph graph, Plan plan) {

    /// Is there nothing to write?
    boolean isOpen(Seen seen) {
        return missing(seen).isEmpty() && !seen.ledger().containsKey(Ledger.BUILDING);
    }

    void open(Session session, Seen seen) throws Refusal {
        var missing = missing(seen);
        session.on(connection -> {
            Ledger.create(connection, session.dialect());
            for (var row : missing) {
                Ledger.put(connection, session.dialect(), row);
            }
            if (seen.ledger().containsKey(Ledger.BUILDING)) {
                Ledger.endBuilding(connection, session.dialect());
            }
            return true;
        });
    }

    private List<Row> missing(Seen seen) {
        var waiting = waiting();
        var rows = new ArrayList<Row>();
        for (var revision : graph.revisions()) {
            state(revision, seen, waiting)
                    .filter(state -> !state.name()
                            .equals(seen.ledger().get(revision.version().canonical())))
                    .ifPresent(state -> rows.add(row(revision, state)));
        }
        return rows;
    }

    private Set<Version> waiting() {
        return plan.held().stream()
                .filter(held -> held.step().phase() == Phase.CONTRACT)
                .map(Held::step)
                .flatMap(step -> step.script().version().stream())
                .collect(Collectors.toSet());
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

    private static Row row(Revision revision, State state) {
        var script = revision.up();
        var phase = Verdict.of(script, Set.of()).phase();
        return Row.of(revision.version(), script.header().alias(), phase, script.checksum(), state);
    }
}
