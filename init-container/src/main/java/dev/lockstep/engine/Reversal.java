package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Chronicle;
import dev.lockstep.history.Entry;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.State;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Batch;
import dev.lockstep.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs down scripts. Each takes its revision's row in `lockstep_schema` away and adds Flyway's word for it to the
/// history, a `DELETE` row, in its own transaction: every Flyway reads that, and no open-source one reads
/// `UNDO_SQL`.
final class Reversal {
    private final Session session;
    private final Settings settings;
    private final Attempts attempts;
    private final Engine.Surroundings around;
    private final Session.Seen seen;
    private final List<Applied> done = new ArrayList<>();

    Reversal(Session session, Settings settings, Attempts attempts, Engine.Surroundings around, Session.Seen seen) {
        this.session = session;
        this.settings = settings;
        this.attempts = attempts;
        this.around = around;
        this.seen = seen;
    }

    /// @param steps newest first
    void run(List<Step> steps) throws Refusal {
        for (var entry : read(steps).entrySet()) {
            around.stop().check();
            around.listener().hear(new Event.Starting(entry.getKey(), done.size() + 1, steps.size()));
            var effort = run(entry.getKey(), entry.getValue());
            var applied = new Applied(
                    entry.getKey(),
                    effort.took(),
                    effort.attempts(),
                    effort.rows(),
                    around.clock().instant());
            done.add(applied);
            around.listener().hear(new Event.Finished(applied));
        }
    }

    List<Applied> done() {
        return List.copyOf(done);
    }

    /// All of them, before the first one runs.
    private Map<Step, FlywayScripts.Ready> read(List<Step> steps) throws Refusal {
        var scripts = FlywayScripts.of(session);
        var ready = new LinkedHashMap<Step, FlywayScripts.Ready>();
        for (var step : steps) {
            refuseUnfinished(step);
            refuseHalfDone(step);
            ready.put(step, scripts.read(step.script()));
        }
        return ready;
    }

    private void refuseUnfinished(Step step) throws Refusal {
        if (isLeaving(step) && !Outside.isRepeatable(step.script(), session.dialect())) {
            throw new Refusal(
                    Code.Uncertain,
                    step.script().file() + ":1",
                    "did not come to its end outside a transaction, so what it did is not known",
                    "finish by hand what it began, then lockstep stamp the revision below");
        }
    }

    /// What a later script has begun rests on what this one takes away, and would go on from where it was.
    private void refuseHalfDone(Step step) throws Refusal {
        var begun = seen.marks().states().entrySet().stream()
                .filter(it -> it.getValue() == State.started)
                .map(Map.Entry::getKey)
                .filter(it -> it.compareTo(step.script().number()) > 0)
                .findFirst();
        if (begun.isPresent()) {
            throw new Refusal(
                    Code.Uncertain,
                    step.script().file() + ":1",
                    "revision " + begun.get() + " has begun after it and did not come to its end",
                    "finish that with lockstep upgrade; or undo by hand what it did, then lockstep repair --undone "
                            + begun.get());
        }
    }

    private boolean isLeaving(Step step) {
        return seen.marks().state(step.script().number()).equals(Optional.of(State.leaving));
    }

    private Attempts.Effort run(Step step, FlywayScripts.Ready script) throws Refusal {
        var timeout = step.script().header().lockTimeout().orElse(settings.lockTimeout());
        if (script.inTransaction() && step.script().header().batch().isEmpty()) {
            return attempts.until(script::place, timeout, () -> transact(step, Optional.of(script)));
        }
        session.on(connection -> mark(connection, step));
        var batch = step.script().header().batch();
        if (batch.isPresent()) {
            return walk(step, batch.get(), timeout, script);
        }
        if (isLeaving(step) && Outside.cameToItsEnd(step.script(), session)) {
            return recorded(step, new Attempts.Effort(1, Duration.ZERO), timeout, script);
        }
        return recorded(step, alone(step, timeout, script), timeout, script);
    }

    private Attempts.Effort alone(Step step, Duration timeout, FlywayScripts.Ready script) throws Refusal {
        var statements = new Outside.Statements(() -> script.run(session.connection()));
        try {
            return alone(step, timeout, script, statements);
        } catch (Refusal why) {
            if (Outside.isAtomic(step.script()) && !statements.done) {
                attempts.note(step, connection -> stay(connection, step));
            }
            throw why;
        }
    }

    /// The server refused its one statement, so that the revision is there as before.
    private boolean stay(Connection connection, Step step) throws SQLException {
        var before = seen.marks().state(step.script().number());
        if (before.isEmpty() || step.revision().isEmpty()) {
            return Ledger.remove(connection, session.dialect(), step.script().number());
        }
        Ledger.put(connection, session.dialect(), Gate.row(step.revision().get(), State.applied, before));
        return true;
    }

    private Attempts.Effort alone(
            Step step, Duration timeout, FlywayScripts.Ready script, Attempts.Transaction statements) throws Refusal {
        boolean concurrent = step.script().statements().stream().anyMatch(it -> it.has("concurrently"));
        return Outside.isAtomic(step.script()) && !concurrent
                ? attempts.until(script::place, timeout, statements)
                : attempts.once(script::place, concurrent ? Duration.ZERO : Outside.ONCE, statements);
    }

    private Attempts.Effort recorded(Step step, Attempts.Effort effort, Duration timeout, FlywayScripts.Ready script)
            throws Refusal {
        attempts.until(script::place, timeout, () -> transact(step, Optional.empty()));
        return effort;
    }

    private Attempts.Effort walk(Step step, Batch batch, Duration timeout, FlywayScripts.Ready script) throws Refusal {
        var effort = new Batches(session, settings, attempts, around)
                .run(step, batch, isLeaving(step), timeout, script::place);
        return recorded(step, effort, timeout, script);
    }

    private boolean mark(Connection connection, Step step) throws SQLException {
        Ledger.create(connection, session.dialect());
        Ledger.put(
                connection,
                session.dialect(),
                Execution.row(step, State.leaving).withoutFloor());
        return true;
    }

    private void transact(Step step, Optional<FlywayScripts.Ready> script) throws SQLException, Refusal {
        var connection = session.connection();
        OneTransaction.of(connection, () -> {
            var check = session.dialect().check(connection);
            if (seen.standing().ledger()) {
                Ledger.remove(connection, session.dialect(), step.script().number());
            }
            if (script.isPresent()) {
                script.get().run(connection);
            }
            if (step.script().header().batch().isPresent()) {
                Batches.forget(connection, session.dialect(), step.script());
            }
            Chronicle.delete(connection, session.dialect(), entry(step.script().number()));
            check(check, script);
            return true;
        });
    }

    private Entry entry(Version version) {
        return Optional.ofNullable(seen.history().applied().get(version)).orElseThrow();
    }

    private static void check(Dialect.Check check, Optional<FlywayScripts.Ready> script) throws SQLException, Refusal {
        try {
            check.beforeCommit();
        } catch (Refusal violation) {
            var failure = violation.failure();
            var place = script.map(FlywayScripts.Ready::place).orElse(failure.place());
            throw new Refusal(failure.code(), place, failure.message(), failure.remedy());
        }
    }
}
