package dev.lockstep.plugin;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Saved;
import dev.lockstep.resource.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// One resource with all that a person on call wants to see of it.
///
/// @param now for how long ago
record Tree(Standing standing, Instant now, Paint paint) {

    /// As lines without control characters but for the colours.
    List<String> lines() {
        var below = new ArrayList<Outline>();
        if (!standing.isAnswered()) below.add(Outline.of(paint.odd("the operator has not answered this spec yet")));
        if (standing.isSuspended()) below.add(Outline.of(paint.odd("suspended: no new run is started")));
        standing.conditions().forEach(it -> below.add(Outline.of(condition(it))));
        standing.status().ifPresent(it -> {
            below.add(Outline.of(where(it)));
            Optional.ofNullable(it.run()).ifPresent(run -> below.add(run(run)));
            addList(below, "waiting for", Standing.list(it.waitingFor()));
            Optional.ofNullable(it.plan()).ifPresent(plan -> below.add(plan(plan)));
            Optional.ofNullable(it.amendment()).ifPresent(some -> below.add(amendment(some)));
            Optional.ofNullable(it.backup()).ifPresent(saved -> below.add(Outline.of(backup(saved))));
            addList(
                    below,
                    "applied",
                    Standing.list(it.applied()).stream().map(this::applied).toList());
        });
        return new Outline(paint.strong(standing.path()), below).lines();
    }

    private static void addList(List<Outline> below, String title, List<String> lines) {
        if (lines.isEmpty()) return;
        below.add(new Outline(
                title, lines.stream().map(Plain::of).map(Outline::of).toList()));
    }

    private String condition(Condition it) {
        var said = Standing.text(it.message()).isEmpty() ? "" : ": " + it.message();
        var age = Measure.since(it.lastTransitionTime(), now).map(Measure::time);
        return colour(it).apply(paint, it.type() + "=" + it.status())
                + Plain.of(" " + it.reason() + said)
                + age.map(since -> paint.faint(" (" + since + ")")).orElse("");
    }

    /// Green is what lets work go on, red what waits for a person; which of True and False that is depends.
    private static BiFunction<Paint, String, String> colour(Condition it) {
        boolean yes = it.status().equals("True");
        return switch (it.type()) {
            case "Stalled" -> yes ? Paint::bad : Paint::faint;
            case "Reconciling" -> yes ? Paint::odd : Paint::faint;
            case "Drifted", "Raised" -> yes ? Paint::odd : Paint::good;
            default -> yes ? Paint::good : Paint::odd;
        };
    }

    private String where(Status status) {
        var from = status.revision() == null ? "none" : status.revision();
        var to = status.targetRevision() == null ? "not known yet" : status.targetRevision();
        var pending = status.pending() == null || status.pending() == 0 ? "" : ", " + status.pending() + " pending";
        var floor = status.floor() == null ? "" : ", floor " + status.floor();
        var stage = status.stage() == null ? "" : "stage " + status.stage() + ", ";
        return Plain.of(stage + "revision " + from + " -> " + to + pending + floor);
    }

    private Outline run(Status.Run run) {
        var began = Measure.since(Standing.text(run.startedAt()), now).map(Measure::time);
        var end = Optional.ofNullable(run.result()).map(Plain::of);
        var state = end.map(it -> it.equals("Done") || it.equals("Ahead") ? paint.good(it) : paint.bad(it))
                .orElseGet(() -> paint.odd("at work"));
        var attempt = run.attempt() == null ? "" : ", attempt " + run.attempt();
        var leg = run.leg() == null ? "" : ", leg " + run.leg();
        var text = Plain.of("run " + Standing.text(run.job()) + attempt + leg) + ", " + state;
        return new Outline(
                text + began.map(it -> paint.faint(" (begun " + it + " ago)")).orElse(""), below(run));
    }

    private static List<Outline> below(Status.Run run) {
        var below = new ArrayList<Outline>();
        if (!Standing.text(run.message()).isEmpty()) below.add(Outline.of(Plain.of(Standing.text(run.message()))));
        Optional.ofNullable(run.progress()).ifPresent(it -> below.add(Outline.of(Walk.text(it))));
        return below;
    }

    private Outline plan(Status.Plan plan) {
        var hash = plan.hash() == null ? "" : " " + plan.hash();
        var steps = Standing.list(plan.steps()).stream()
                .map(it -> Outline.of(Plans.step(it, paint)))
                .toList();
        return new Outline("plan" + Plain.of(hash), steps);
    }

    private Outline amendment(Status.Amendment it) {
        var state = it.result() == null
                ? it.job() == null ? "waits for a yes to " + Standing.text(it.plan()) : "at work in " + it.job()
                : it.result() + " in " + it.job();
        var said = Standing.text(it.message());
        return new Outline(
                Plain.of("amendment " + Standing.text(it.words()) + ": " + state),
                said.isEmpty() ? List.of() : List.of(Outline.of(Plain.of(said))));
    }

    private String backup(Saved it) {
        var size = it.bytes() == null ? "" : ", " + Measure.bytes(it.bytes());
        var read = Boolean.TRUE.equals(it.verified()) ? ", verified" : ", not verified by Lockstep";
        var at = Standing.text(it.revision()).isEmpty() ? "" : ", of revision " + it.revision();
        var age = Measure.since(Standing.text(it.at()), now).map(since -> ", " + Measure.time(since) + " old");
        return Plain.of("backup " + Standing.text(it.name()) + size + read + at + age.orElse(""));
    }

    private String applied(Status.Applied it) {
        var took = it.millis() == null ? "" : ", " + Measure.count(it.millis()) + " ms";
        var tries = it.lockAttempts() == null || it.lockAttempts() < 2 ? "" : ", " + it.lockAttempts() + " attempts";
        var age = Measure.since(Standing.text(it.at()), now).map(since -> ", " + Measure.time(since) + " ago");
        return Standing.text(it.revision()) + " " + Standing.text(it.description()) + " (" + Standing.text(it.phase())
                + " " + Standing.text(it.direction()) + took + tries + age.orElse("") + ")";
    }
}
