package dev.lockstep.plan;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Target;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.script.Script;
import java.util.List;
import java.util.Optional;

/// What a run will do and what it will not.
///
/// @param steps in the order in which they run
/// @param held in order
/// @param hash `sha256:…` over the steps that lose data and the database's identity; absent if none does
/// @param ahead the database has more than the target and nothing is missing
public record Plan(Target target, List<Step> steps, List<Held> held, Optional<String> hash, boolean ahead) {
    public Plan {
        steps = List.copyOf(steps);
        held = List.copyOf(held);
    }

    /// Makes the plan.
    ///
    /// @param building the history is empty, or was when the run began that is now taken up again: then
    /// everything runs
    /// in
    ///     one go
    /// @throws Refusal codes of the graph, of the history, `MixedPhases`, `ContractInTheWay`
    public static Plan of(Graph graph, History history, String word, Policy policy, boolean building) throws Refusal {
        Agreement.check(graph, history);
        var target = Target.of(graph, word, history.applied().keySet());
        var missing = new Pending(graph, history, target);
        var pending = missing.revisions();
        boolean ahead = pending.isEmpty() && past(target, history);
        var repeatables = ahead ? List.<Script>of() : missing.repeatables();
        return new Sorting(policy, building).sort(target, pending, repeatables, ahead);
    }

    private static boolean past(Target target, History history) {
        var newest = target.newest();
        return newest.isPresent()
                && history.applied().keySet().stream()
                        .anyMatch(version -> !target.wanted().contains(version) && version.compareTo(newest.get()) > 0);
    }

    /// Does a person have to say yes before the rest runs?
    public boolean needsApproval() {
        return held.stream().anyMatch(step -> step.reason() == Held.Reason.approval);
    }
}
