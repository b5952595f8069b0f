package dev.lockstep.engine;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Step;
import java.util.List;

/// What has to be so before anything is done.
final class Preflight {
    private Preflight() {}

    /// `CONCURRENTLY` waits for every transaction that began before it, and nothing bounds that wait.
    ///
    /// @throws Refusal `Preflight`
    static void check(Session session, List<Step> steps, Settings settings, Event.Listener listener) throws Refusal {
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
            listener.hear(new Event.Detail("since when " + elders.hidden()
                    + " other sessions are at work cannot be seen by this role; GRANT pg_read_all_stats lets it"));
        }
    }
}
