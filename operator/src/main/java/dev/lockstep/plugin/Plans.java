package dev.lockstep.plugin;

import dev.lockstep.resource.Status;
import java.util.ArrayList;
import java.util.List;

/// The steps that wait, and how to agree to them.
final class Plans {
    private Plans() {}

    /// One step, with what it costs.
    static String step(Status.Step it, Paint paint) {
        var loses = Boolean.TRUE.equals(it.destructive()) ? paint.bad(" LOSES DATA") : "";
        var order = Standing.text(it.breaking());
        return Plain.of(Standing.text(it.revision()) + " " + Standing.text(it.description()) + " ("
                        + Standing.text(it.phase()) + " " + Standing.text(it.direction()) + ")")
                + loses
                + (order.isEmpty() ? "" : paint.odd(" breaking: ") + Plain.of(order));
    }

    /// What a person reads before they agree, with the command for it.
    static List<String> lines(Standing standing, Paint paint) {
        var lines = new ArrayList<String>();
        var asked = Asked.of(standing);
        if (!standing.isAnswered()) lines.add(paint.odd("The operator has not answered the newest spec yet."));
        if (asked.isEmpty()) lines.addAll(unasked(standing, paint));
        asked.forEach(it -> {
            lines.addAll(lines(it, standing, paint));
            lines.add(
                    isAgreed(it, standing)
                            ? paint.good("A SchemaMigrationApproval names it already.")
                            : "Agree with: " + Invocation.text(standing, "approve", "--plan", Plain.of(it.hash())));
        });
        Standing.list(standing.status().map(Status::waitingFor).orElse(null)).stream()
                .filter(it -> asked.stream().noneMatch(some -> it.contains(some.hash())))
                .filter(it -> standing.reason().equals("WaitingForPods"))
                .forEach(it -> lines.add("waiting for " + Plain.of(it)));
        return List.copyOf(lines);
    }

    /// One thing that waits, without the command.
    static List<String> lines(Asked asked, Standing standing, Paint paint) {
        return switch (asked) {
            case Asked.Steps(var hash, var steps) ->
                new Outline(
                                "Steps of " + standing.path() + " that wait for a yes to " + Plain.of(hash) + ":",
                                steps.stream()
                                        .map(it -> Outline.of(step(it, paint)))
                                        .toList())
                        .lines();
            case Asked.Change(var hash, var words) ->
                new Outline(
                                "A change of " + standing.path() + " that waits for a yes to " + Plain.of(hash) + ":",
                                List.of(Outline.of(Plain.of(words))))
                        .lines();
        };
    }

    /// The condition is of both, and says no as long as one lacks a yes.
    private static boolean isAgreed(Asked asked, Standing standing) {
        return asked instanceof Asked.Steps
                && standing.condition("Approved")
                        .filter(it -> it.status().equals("True") && it.reason().equals("Approved"))
                        .isPresent();
    }

    private static List<String> unasked(Standing standing, Paint paint) {
        var steps = standing.plan().map(it -> Standing.list(it.steps())).orElse(List.of());
        if (steps.isEmpty()) return List.of("Nothing of " + standing.path() + " waits for a yes.");
        return new Outline(
                        "Steps of " + standing.path() + " that wait, but for nobody's yes:",
                        steps.stream().map(it -> Outline.of(step(it, paint))).toList())
                .lines();
    }
}
