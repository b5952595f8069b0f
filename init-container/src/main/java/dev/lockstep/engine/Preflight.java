package dev.lockstep.engine;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Step;
import java.util.List;

/// What has to be so before anything is done.
record Preflight(Session session, Settings settings, Event.Listener listener) {

    /// @throws Refusal `Preflight` for what will pass, `ScriptInvalid` for what has to be written otherwise
    void check(Session.Seen seen, List<Step> steps) throws Refusal {
        if (seen.standing().superuser()) {
            say("this role is a superuser, to whom no right is refused; an owner of the schema is enough, and can do"
                    + " less harm");
        }
        for (var step : steps) {
            refuseUnlocking(step);
        }
        refuseElders(steps);
    }

    /// The advisory lock that keeps other runs out is the session's, and so the script's to lose.
    private static void refuseUnlocking(Step step) throws Refusal {
        for (var statement : step.script().statements()) {
            if (statement.begins("discard", "all") || statement.has("pg_advisory_unlock_all")) {
                throw new Refusal(
                        Code.ScriptInvalid,
                        step.script().file() + ":" + statement.line(),
                        "lets go of every lock of the session, and so of the one under which this run is alone",
                        "take it out, or release by pg_advisory_unlock what the script itself has locked");
            }
        }
    }

    /// `CONCURRENTLY` waits for every transaction that began before it, and nothing bounds that wait.
    private void refuseElders(List<Step> steps) throws Refusal {
        boolean waits = steps.stream()
                .flatMap(step -> step.script().statements().stream())
                .anyMatch(statement -> statement.has("concurrently"));
        if (!waits) {
            return;
        }
        var age = settings.bounds().transactionAge();
        var elders = session.on(connection -> session.dialect().elders(connection, age));
        if (!elders.shown().isEmpty()) {
            throw new Refusal(
                    Code.Preflight,
                    session.dialect().address().shown(),
                    "CONCURRENTLY would wait for transactions that began more than " + age.toSeconds() + " s ago: "
                            + String.join("; ", elders.shown()),
                    "end them, or wait; --max-transaction-age says how old they may be");
        }
        if (elders.hidden() > 0) {
            say("since when " + elders.hidden()
                    + " other sessions are at work cannot be seen by this role; GRANT pg_read_all_stats lets it");
        }
    }

    private void say(String text) {
        listener.hear(new Event.Detail(text));
    }
}
