package dev.lockstep.plan;

import dev.lockstep.graph.Revision;
import dev.lockstep.graph.Target;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Verdict;
import dev.lockstep.script.Phase;
import dev.lockstep.script.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Parts the pending scripts into those that run and those that wait.
final class Sorting {
    private final Policy policy;
    private final boolean building;
    private final Set<String> nobodys;
    private final List<Step> runs = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    /// @param nobodys tables that an earlier run made in a database that is still being built
    Sorting(Policy policy, boolean building, Set<String> nobodys) {
        this.policy = policy;
        this.building = building;
        this.nobodys = Set.copyOf(nobodys);
    }

    /// @param earlier what was pending before the newest revision was applied, before the newest two were, and so on
    Plan sort(Target target, Pending missing, Stream<Pending> earlier, boolean ahead) throws Refusal {
        var repeatables = ahead ? List.<Script>of() : missing.repeatables();
        var steps = steps(missing.revisions(), repeatables);
        for (var step : steps) {
            step.script().refuseFlawed();
        }
        var consent = new Consent(policy);
        boolean approved = consent.given(steps, earlier.map(it -> steps(it.revisions(), repeatables)));
        for (var step : steps) {
            place(step, approved);
        }
        return new Plan(target, runs, held, held.isEmpty() ? Optional.empty() : consent.hash(steps), ahead);
    }

    private List<Step> steps(List<Revision> pending, List<Script> repeatables) {
        var steps = new ArrayList<Step>();
        var fresh = new HashSet<>(nobodys);
        for (var revision : pending) {
            var verdict = Verdict.of(revision.up(), fresh);
            fresh.addAll(verdict.creates());
            steps.add(new Step(revision.up(), Optional.of(revision), verdict, Direction.up));
        }
        for (var script : repeatables) {
            steps.add(new Step(script, Optional.empty(), Verdict.of(script, fresh), Direction.up));
        }
        return steps;
    }

    private void place(Step step, boolean approved) throws Refusal {
        if (building) {
            runs.add(step);
            return;
        }
        refuseMixed(step);
        if (step.phase() == Phase.CONTRACT && !policy.contract()) {
            held.add(new Held(step, Held.Reason.contract));
        } else if (policy.asks().about(step) && !approved) {
            held.add(new Held(step, Held.Reason.approval));
        } else if (held.isEmpty() || step.revision().isEmpty()) {
            runs.add(step);
        } else {
            behind(step);
        }
    }

    private void refuseMixed(Step step) throws Refusal {
        var first = step.verdict().firstContracting();
        if (!policy.contract() && step.revision().isPresent() && step.verdict().mixed() && first.isPresent()) {
            throw new Refusal(
                    Code.MixedPhases,
                    step.script().file() + ":" + first.get().line(),
                    "the script adds something and also " + first.get().why(),
                    "move this statement into a script of its own, or say 'Phase: contract' in the header");
        }
    }

    /// A step behind a held one runs ahead where it surely touches other tables; a contract step waits for its
    /// turn.
    private void behind(Step step) throws Refusal {
        var inTheWay = held.stream()
                .filter(before -> !step.verdict().independentOf(before.step().verdict()))
                .findFirst();
        if (inTheWay.isEmpty() && step.phase() != Phase.CONTRACT) {
            runs.add(step);
        } else if (step.phase() == Phase.CONTRACT) {
            held.add(new Held(step, Held.Reason.order));
        } else {
            throw inTheWay(step, inTheWay.orElseThrow().step());
        }
    }

    private static Refusal inTheWay(Step step, Step before) {
        return new Refusal(
                Code.ContractInTheWay,
                step.script().file() + ":1",
                "comes after " + before.script().file() + ", which waits, and may depend on it",
                "let " + before.title() + " run first: release up to it, then approve it or let contract steps go");
    }
}
