package dev.lockstep.plugin;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.Status;

/// One resource on one line, for a log that follows it: told again whenever it reads otherwise.
final class Brief {
    private Brief() {}

    static String line(Standing it) {
        var status = it.status();
        var ready = it.condition("Ready").map(Condition::status).orElse("Unknown");
        var from = status.map(Status::revision).orElse("none");
        var to = status.map(Status::targetRevision).orElse("not known yet");
        var walk = it.run().map(Status.Run::progress).map(some -> ", " + Walk.text(some));
        var said = it.condition("Ready").map(Condition::message).filter(some -> !some.isEmpty());
        if (!it.isAnswered()) return Plain.of(it.path() + ": the operator has not answered this spec yet");
        return Plain.of(it.path() + ": Ready=" + ready + " " + it.reason() + ", revision " + from + " -> " + to
                + walk.orElse("") + said.map(some -> "; " + some).orElse(""));
    }
}
