package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Probe;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.State;
import dev.lockstep.history.Marks;
import dev.lockstep.plan.Plan;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Runs scripts outside a transaction. A row `started` in `lockstep_schema` stands from before the first statement
/// until the history has the script, so that a run which dies over it leaves word.
final class Outside {
    /// What cannot be begun again gets one longer wait for its locks.
    static final Duration ONCE = Duration.ofSeconds(2);

    private static final Set<String> MAY_COMMIT = Set.of("call", "do");

    private final Session session;
    private final Attempts attempts;
    private final Batches batches;
    private final Marks marks;
    private final List<Step> begun = new ArrayList<>();

    /// @param marks what `lockstep_schema` said before the run
    Outside(Session session, Attempts attempts, Batches batches, Marks marks) {
        this.session = session;
        this.attempts = attempts;
        this.batches = batches;
        this.marks = marks;
    }

    /// @throws Refusal `Uncertain`, if a step was begun once and may have done something
    static void refuseUnfinished(Plan plan, Marks marks, Dialect dialect) throws Refusal {
        for (var step : plan.steps()) {
            var script = step.script();
            if (wasBegun(step, marks) && !isRepeatable(script, dialect)) {
                throw new Refusal(
                        Code.Uncertain,
                        script.file() + ":1",
                        "did not come to its end outside a transaction, so what it did is not known",
                        "undo by hand what it did, then lockstep repair --undone " + script.number()
                                + "; or finish it by hand, then lockstep repair --done " + script.number());
            }
        }
    }

    private static boolean wasBegun(Step step, Marks marks) {
        return step.script()
                .version()
                .flatMap(marks::state)
                .filter(State.started::equals)
                .isPresent();
    }

    static boolean isRepeatable(Script script, Dialect dialect) {
        return script.header().batch().isPresent() || probe(script, dialect).isPresent();
    }

    /// How to ask about a script that is one statement.
    private static Optional<Probe> probe(Script script, Dialect dialect) {
        return script.statements().size() == 1
                ? dialect.probe(script.statements().getFirst())
                : Optional.empty();
    }

    /// One statement that fails has done nothing, unless it commits on its own way.
    static boolean isAtomic(Script script) {
        var statements = script.statements();
        return statements.size() == 1
                && script.header().batch().isEmpty()
                && !MAY_COMMIT.contains(
                        statements.getFirst().tokens().getFirst().text());
    }

    Attempts.Effort run(Step step, Duration timeout, Supplier<String> place, Attempts.Transaction transaction)
            throws Refusal {
        if (wasBegun(step, marks) && cameToItsEnd(step.script(), session)) {
            begun.add(step);
            return new Attempts.Effort(1, Duration.ZERO);
        }
        if (step.revision().isPresent()) {
            session.on(connection -> put(connection, step, State.started));
            begun.add(step);
        }
        var statements = new Statements(transaction);
        try {
            var batch = step.script().header().batch();
            return batch.isPresent()
                    ? batches.run(step, batch.get(), wasBegun(step, marks), timeout, place)
                    : attempt(step.script(), timeout, place, statements);
        } catch (Refusal why) {
            if (isAtomic(step.script()) && !statements.done && begun.remove(step)) {
                clear(step);
                forget(step);
            }
            throw why;
        }
    }

    /// Those of a script. A stop goes on cancelling, and what it meets may be the question that comes after them: then
    /// they are done all the same.
    static final class Statements implements Attempts.Transaction {
        private final Attempts.Transaction transaction;
        boolean done;

        Statements(Attempts.Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public void run() throws SQLException, Refusal {
            transaction.run();
            done = true;
        }
    }

    /// `lock_timeout` would cut CONCURRENTLY's wait for old snapshots and leave an INVALID index behind.
    private Attempts.Effort attempt(Script script, Duration timeout, Supplier<String> place, Statements statements)
            throws Refusal {
        var probes = probes(script);
        var cleared = cleared(probes, statements);
        boolean concurrent = script.statements().stream().anyMatch(statement -> statement.has("concurrently"));
        var wait = concurrent ? Duration.ZERO : timeout;
        var effort = isAtomic(script)
                ? attempts.until(place, wait, cleared)
                : attempts.once(place, concurrent ? Duration.ZERO : ONCE, cleared);
        session.limitWaits();
        for (var probe : probes) {
            if (probe instanceof Probe.Built(var index) && !isDone(probe)) {
                statements.done = false;
                throw new Refusal(
                        Code.StatementFailed,
                        place.get(),
                        "index " + index + " is INVALID after its build",
                        "run again; it is built anew");
            }
        }
        return effort;
    }

    private Attempts.Transaction cleared(List<Probe> probes, Attempts.Transaction transaction) {
        return () -> {
            for (var probe : probes) {
                session.dialect().clear(session.connection(), probe);
            }
            transaction.run();
        };
    }

    private List<Probe> probes(Script script) {
        return script.statements().stream()
                .flatMap(statement -> session.dialect().probe(statement).stream())
                .toList();
    }

    /// When nobody was left to record it. What it left half made is cleared, so that it can be begun again.
    static boolean cameToItsEnd(Script script, Session session) throws Refusal {
        var probe = probe(script, session.dialect());
        if (probe.isEmpty()) {
            return false;
        }
        return session.on(connection -> {
            session.dialect().clear(connection, probe.get());
            return session.dialect().isDone(connection, probe.get());
        });
    }

    private boolean isDone(Probe probe) throws Refusal {
        return session.on(connection -> session.dialect().isDone(connection, probe));
    }

    /// An INVALID unique index would go on refusing rows.
    private void clear(Step step) {
        var probe = probe(step.script(), session.dialect());
        if (probe.isPresent() && !session.isStopped()) {
            attempts.note(step, connection -> {
                session.dialect().clear(connection, probe.get());
                return true;
            });
        }
    }

    boolean isRunning(Step step) {
        return begun.contains(step);
    }

    /// The history has them now. The note goes first: nobody looks for one of a script whose row says that it is
    /// applied.
    void finish(List<Step> done) {
        for (var step : begun.stream().filter(done::contains).toList()) {
            if (step.script().header().batch().isPresent()) {
                attempts.note(step, connection -> {
                    Batches.forget(connection, session.dialect(), step.script());
                    return true;
                });
            }
            attempts.note(step, connection -> put(connection, step, State.applied));
        }
    }

    private void forget(Step step) {
        attempts.note(
                step,
                connection -> Ledger.remove(
                        connection, session.dialect(), step.script().number()));
    }

    private boolean put(Connection connection, Step step, State state) throws SQLException {
        Ledger.put(connection, session.dialect(), Execution.row(step, state));
        return true;
    }
}
