package dev.lockstep.plan;

import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Entry;
import dev.lockstep.history.History;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Kind;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Scripts, and plans for databases that have had some of them.
abstract class Planning {
    static final Policy CAREFUL = new Policy(false, Policy.Asks.destructive, Optional.empty(), "db");

    private final Map<String, String> files = new TreeMap<>(Map.of("V1__t.sql", "create table t (a int, b int);"));

    Planning with(String name, String text) {
        files.put(name, text);
        return this;
    }

    Catalogue catalogue() throws Refusal {
        return Catalogue.of(files, "postgresql");
    }

    /// A plan for a database that has these versions.
    Plan plan(Policy policy, String target, String... applied) throws Refusal {
        return Plan.of(Graph.of(catalogue()), ground(history(applied), applied.length == 0), target, policy);
    }

    static Ground ground(History history, boolean building) {
        return new Ground(history, building, Optional.empty());
    }

    History history(String... versions) throws Refusal {
        var entries = new ArrayList<Entry>();
        for (var version : versions) {
            var number = Optional.of(new Version(version));
            var checksum = catalogue().scripts().stream()
                    .filter(script ->
                            script.kind() == Kind.VERSIONED && script.version().equals(number))
                    .map(Script::checksum)
                    .findFirst();
            entries.add(new Entry(entries.size() + 1, number, "", "SQL", "", checksum, true));
        }
        return History.of(entries);
    }

    static List<String> runs(Plan plan) {
        return plan.steps().stream().map(Step::number).toList();
    }

    static List<String> held(Plan plan) {
        return plan.held().stream()
                .map(held -> held.step().number() + " " + held.reason())
                .toList();
    }
}
