package dev.lockstep.plan;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.graph.Target;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.lint.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// What a run will do and what it will not.
///
/// @param steps in the order in which they run
/// @param held in order
/// @param hash `sha256:…` over the steps that a person is asked about and the database's identity; absent if nothing
///     waits that is asked about
/// @param ahead the database has more than the target and nothing is missing
public record Plan(Target target, List<Step> steps, List<Held> held, Optional<String> hash, boolean ahead) {
    /// Leads nowhere.
    public static final Plan NOTHING =
            new Plan(new Target("", List.of(), Set.of()), List.of(), List.of(), Optional.empty(), false);

    public Plan {
        steps = List.copyOf(steps);
        held = List.copyOf(held);
    }

    /// Makes the plan of the way up.
    ///
    /// @throws Refusal codes of the graph, of the history, `MixedPhases`, `ContractInTheWay`, `PastContract`
    public static Plan of(Graph graph, Ground ground, String word, Policy policy) throws Refusal {
        var history = ground.history();
        Agreement.check(graph, history);
        var target = Target.of(graph, word, history.applied().keySet());
        refuseDownwards(target, history);
        var missing = new Pending(graph, history, target);
        var pending = missing.revisions();
        boolean ahead = pending.isEmpty() && past(target, history);
        if (ahead) {
            refuseBelowFloor(target, ground);
        }
        var earlier = IntStream.rangeClosed(1, history.applied().size())
                .mapToObj(undone -> new Pending(graph, history.without(undone), target));
        return new Sorting(policy, ground.building(), nobodys(graph, ground)).sort(target, missing, earlier, ahead);
    }

    /// A first run that was cut short and goes on has the phases that it would have had in one go.
    private static Set<String> nobodys(Graph graph, Ground ground) {
        var fresh = new HashSet<String>();
        for (var revision : ground.building() ? graph.revisions() : List.<Revision>of()) {
            if (ground.history().has(revision.version())) {
                fresh.addAll(Verdict.of(revision.up(), fresh).creates());
            }
        }
        return fresh;
    }

    /// Makes the plan of the way down.
    ///
    /// @throws Refusal codes of the graph and of the history, `MissingDown`, `MissingScript`
    public static Plan down(Graph graph, Ground ground, String word, Policy policy) throws Refusal {
        Agreement.check(graph, ground.history());
        return new WayDown(graph, ground.history()).to(word, policy);
    }

    private static void refuseDownwards(Target target, History history) throws Refusal {
        if (target.word().equals("base") && !history.applied().isEmpty()) {
            throw new Refusal(Code.GraphInvalid, target.word(), "leads down", "lockstep downgrade base");
        }
    }

    private static void refuseBelowFloor(Target target, Ground ground) throws Refusal {
        var floor = ground.floor();
        boolean below = floor.isPresent()
                && target.newest()
                        .filter(newest -> newest.compareTo(floor.get()) >= 0)
                        .isEmpty();
        if (below) {
            throw new Refusal(
                    Code.PastContract,
                    target.word(),
                    "contract steps up to " + floor.get()
                            + " have run, so code of this revision finds less than it needs",
                    "deploy a release of revision " + floor.get() + " or later, or lockstep downgrade "
                            + target.word());
        }
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
