package dev.lockstep.plan;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.graph.Target;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.lint.Verdict;
import dev.lockstep.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Takes revisions back, newest first. All that could stop it on the way is found before anything runs.
public record WayDown(Graph graph, History history) {

    /// Takes back what has just been applied, as far as there are scripts for it: newest first, up to the first that
    /// has none.
    public static List<Step> of(List<Step> applied) {
        return applied.reversed().stream()
                .takeWhile(step -> step.revision().flatMap(Revision::down).isPresent())
                .map(step -> down(step.revision().orElseThrow()))
                .toList();
    }

    private static Step down(Revision revision) {
        var script = revision.down().orElseThrow();
        return new Step(script, Optional.of(revision), Verdict.of(script, Set.of()), Direction.down);
    }

    /// All of it runs, or all of it waits: half of the way leads nowhere.
    Plan to(String word, Policy policy) throws Refusal {
        var applied = history.removable();
        var target = Target.below(graph, word, applied, history.baseline());
        var steps = new ArrayList<Step>();
        var missing = new ArrayList<Revision>();
        for (var version : applied.descendingSet()) {
            if (!target.wanted().contains(version)) {
                var revision = known(version);
                if (revision.down().isPresent()) {
                    steps.add(down(revision));
                } else {
                    missing.add(revision);
                }
            }
        }
        refuse(missing);
        for (var step : steps) {
            step.script().refuseFlawed();
        }
        var consent = new Consent(policy);
        boolean approved = consent.hash(steps).isEmpty() || consent.given(steps, earlier(steps));
        if (approved && policy.contract()) {
            return new Plan(target, steps, List.of(), Optional.empty(), false);
        }
        var reason = policy.contract() ? Held.Reason.approval : Held.Reason.contract;
        var held = steps.stream().map(step -> new Held(step, reason)).toList();
        return new Plan(target, List.of(), held, consent.hash(steps), false);
    }

    /// What the way was before its first step had run, its first two, and so on: those that are not there any more
    /// were the ones above.
    private Stream<List<Step>> earlier(List<Step> steps) {
        var above = graph.revisions().reversed().stream()
                .filter(it -> it.down().isPresent() && !history.has(it.version()))
                .filter(it -> steps.isEmpty()
                        || it.version().compareTo(steps.getFirst().script().number()) > 0)
                .map(WayDown::down)
                .toList()
                .reversed();
        return IntStream.rangeClosed(1, above.size())
                .mapToObj(count -> Stream.concat(above.subList(0, count).reversed().stream(), steps.stream())
                        .toList());
    }

    private Revision known(Version version) throws Refusal {
        var revision = graph.find(version);
        if (revision.isEmpty()) {
            throw new Refusal(
                    Code.MissingScript,
                    "version " + version,
                    "was applied by files that are not here, so nobody knows how to take it back",
                    "use the files of the release that applied it");
        }
        return revision.get();
    }

    private static void refuse(List<Revision> missing) throws Refusal {
        if (missing.isEmpty()) {
            return;
        }
        var first = missing.getFirst().up().file();
        var others = missing.size() == 1
                ? ""
                : "; the same holds for "
                        + String.join(
                                ", ",
                                missing.stream()
                                        .skip(1)
                                        .map(it -> it.up().file())
                                        .toList());
        throw new Refusal(
                Code.MissingDown,
                first + ":1",
                "there is no script that takes it back" + others,
                "write U" + missing.getFirst().version() + "__….sql beside it; nothing was changed");
    }
}
