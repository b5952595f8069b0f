package dev.lockstep.plan;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.graph.Target;
import dev.lockstep.history.History;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a database still lacks of its target.
record Pending(Graph graph, History history, Target target) {

    /// In their order. As in Flyway, a database without a history begins with the newest baseline and never sees what
    /// that stands for, and a database with one never sees a baseline.
    List<Revision> revisions() {
        var first = baseline();
        var pending = new ArrayList<Revision>();
        first.ifPresent(script -> pending.add(new Revision(script, Optional.empty(), List.of(), List.of())));
        target.wanted().stream()
                .filter(version -> !history.has(version))
                .filter(version -> first.filter(base -> version.compareTo(base.number()) <= 0)
                        .isEmpty())
                .flatMap(version -> graph.find(version).stream())
                .filter(revision -> revision.up().kind() != Kind.BASELINE)
                .forEach(pending::add);
        return pending;
    }

    private Optional<Script> baseline() {
        return history.applied().isEmpty() ? target.newest().flatMap(graph::baseline) : Optional.empty();
    }

    /// Repeatables that are new or were changed.
    List<Script> repeatables() {
        return graph.repeatables().stream()
                .filter(script -> !isRecorded(script))
                .toList();
    }

    private boolean isRecorded(Script script) {
        return Optional.ofNullable(history.repeatables().get(script.description()))
                .flatMap(entry -> entry.checksum())
                .filter(sum -> sum == script.checksum())
                .isPresent();
    }
}
