package dev.lockstep.status;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Report;
import dev.lockstep.observed.Observed;
import dev.lockstep.observed.Past;
import dev.lockstep.observed.Result;
import dev.lockstep.resource.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The events of one telling: a run's start, its end, who was in its way, and any other trouble when it begins.
final class Happenings {
    private Happenings() {}

    static List<Happening> of(Answer answer, Observed observed) {
        var all = new ArrayList<Happening>();
        observed.past()
                .run()
                .filter(ran -> observed.untold().isPresent())
                .ifPresent(ran -> all.addAll(about(ran, observed)));
        drifted(observed).ifPresent(all::add);
        if (isNewTrouble(answer, observed)) {
            var key = "trouble-" + answer.reason().word() + "-" + answer.message();
            all.add(new Happening(key, answer.reason().word(), answer.message(), true));
        }
        return List.copyOf(all);
    }

    /// Told again only when it is something else.
    private static Optional<Happening> drifted(Observed observed) {
        var before = observed.past().conditions().stream()
                .filter(it -> it.type().equals("Drifted") && it.status().equals("True"))
                .map(Condition::message)
                .findFirst();
        return observed.checks()
                .newest()
                .filter(it -> it.end().result().equals(new Result.Stopped(Code.Drifted)))
                .filter(it -> !before.equals(Optional.of(it.end().message())))
                .map(it ->
                        new Happening(it.job() + "-drifted", "Drifted", it.end().message(), true));
    }

    private static List<Happening> about(Past.Ran ran, Observed observed) {
        var all = new ArrayList<Happening>();
        var isNew = !observed.told().equals(Optional.of(ran.job()));
        if (isNew) all.add(new Happening(ran.job() + "-started", "Started", "run " + ran.job(), false));
        observed.news().map(Report::blockers).orElse(List.of()).stream()
                .distinct()
                .forEach(it -> all.add(new Happening(ran.job() + "-" + it, "Blocked", "waited for " + it, true)));
        ran.end().filter(end -> !isKnown(end, observed)).ifPresent(end -> all.add(ended(ran, end, observed)));
        return all;
    }

    private static Happening ended(Past.Ran ran, Past.End end, Observed observed) {
        var key = ran.job() + "-ended";
        return switch (end.result()) {
            case Result.Done() -> new Happening(key, "Migrated", migrated(observed), false);
            case Result.Ahead() -> new Happening(key, "DatabaseAhead", end.message(), false);
            case Result.Stopped(var code) ->
                new Happening(key, Held.isHeld(end) ? "Held" : "Failed", code + ": " + end.message(), true);
            case Result.Silent() -> new Happening(key, "Failed", end.message(), true);
        };
    }

    /// A database that sleeps over the weekend is no news at each attempt.
    private static boolean isKnown(Past.End end, Observed observed) {
        return Held.isHeld(end)
                && ready(observed)
                        .filter(it -> it.reason().equals(end.result().word()))
                        .filter(it -> it.message().contains(end.message()))
                        .isPresent();
    }

    private static String migrated(Observed observed) {
        var steps = observed.news().map(it -> it.counts().applied()).orElse(0);
        var at = observed.past().revision().orElse("none");
        return "steps applied: " + steps + "; the schema is at revision " + at;
    }

    private static boolean isNewTrouble(Answer answer, Observed observed) {
        var ended = observed.past()
                .run()
                .flatMap(Past.Ran::end)
                .map(it -> it.result().word());
        var told = ready(observed).map(Condition::reason);
        return answer.ready().equals("False")
                && !ended.equals(Optional.of(answer.reason().word()))
                && !told.equals(Optional.of(answer.reason().word()));
    }

    private static Optional<Condition> ready(Observed observed) {
        return observed.past().conditions().stream()
                .filter(it -> it.type().equals("Ready"))
                .findFirst();
    }
}
