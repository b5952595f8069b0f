package dev.lockstep.engine;

import dev.lockstep.handover.Refusal;
import dev.lockstep.history.Ledger;
import dev.lockstep.history.Ledger.State;
import dev.lockstep.lint.Verdict;
import dev.lockstep.plan.Step;
import dev.lockstep.script.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.internal.sqlscript.SqlScript;

/// How the steps of one plan are executed: each in its own attempts, each with its row in `lockstep_schema` in
/// the same
/// transaction as Flyway's own.
final class Execution implements Callback {
    private final Session session;
    private final Settings settings;
    private final Attempts attempts;
    private final Engine.Surroundings around;
    private final int count;
    private final boolean building;
    private final boolean surrounded;
    private final Outside outside;
    private final List<Applied> applied = new ArrayList<>();
    private Optional<Applied> current = Optional.empty();

    /// @param surrounded callbacks of the project share each script's transaction
    Execution(
            Session session,
            Settings settings,
            Attempts attempts,
            Engine.Surroundings around,
            int count,
            Session.Seen seen,
            boolean surrounded) {
        this.session = session;
        this.settings = settings;
        this.attempts = attempts;
        this.around = around;
        this.count = count;
        this.building = seen.building();
        this.surrounded = surrounded;
        this.outside = new Outside(session, attempts, new Batches(session, settings, attempts, around), seen.marks());
    }

    /// Runs one script; called by Flyway with the transaction open, if it has one.
    void execute(Step step, boolean inTransaction, Supplier<String> place, Attempts.Transaction transaction)
            throws Refusal {
        committed();
        around.stop().check();
        around.listener().hear(new dev.lockstep.engine.Event.Starting(step, applied.size() + 1, count));
        var timeout = step.script().header().lockTimeout().orElse(settings.lockTimeout());
        var effort = inTransaction
                ? inside(step, timeout, place, transaction)
                : outside.run(step, timeout, place, transaction);
        current = Optional.of(new Applied(
                step,
                effort.took(),
                effort.attempts(),
                effort.rows(),
                around.clock().instant()));
    }

    /// The row for the gate is written before the statements, in the same transaction, so that nothing but the
    /// history's row lies between the script's locks and their end. A script that commits midway would do its
    /// first half again with each attempt, and open the gate with it.
    private Attempts.Effort inside(
            Step step, Duration timeout, Supplier<String> place, Attempts.Transaction transaction) throws Refusal {
        if (step.script().commitsMidway()) {
            return attempts.once(place, Outside.ONCE, checked(place, transaction));
        }
        return attempts.until(place, timeout, checked(place, () -> {
            if (!surrounded) {
                put(session.connection(), step);
            }
            transaction.run();
        }));
    }

    /// What the database itself would only find later, or never.
    private Attempts.Transaction checked(Supplier<String> place, Attempts.Transaction transaction) {
        return () -> {
            var check = session.dialect().check(session.connection());
            transaction.run();
            try {
                check.beforeCommit();
            } catch (Refusal violation) {
                var failure = violation.failure();
                throw new Refusal(failure.code(), place.get(), failure.message(), failure.remedy());
            }
        };
    }

    /// The script, with what the dialect carries out itself in the place of statements that the database lacks.
    ///
    /// @throws Refusal `ScriptInvalid`
    SqlScript understood(SqlScript script, Step step) throws Refusal {
        return UnderstoodScript.of(script, step.script(), session.dialect());
    }

    /// Flyway has come back, so the last script's transaction is committed too.
    void committed() {
        current.ifPresent(done -> {
            applied.add(done);
            around.listener().hear(new dev.lockstep.engine.Event.Finished(done));
        });
        current = Optional.empty();
    }

    List<Applied> applied() {
        return List.copyOf(applied);
    }

    /// May Flyway begin anew after one of its own statements failed? Not if the script before it would run twice.
    boolean beginsAnew() {
        var step = current.map(Applied::step);
        boolean anew = step.filter(s -> outside.isRunning(s) || s.script().commitsMidway())
                .isEmpty();
        if (anew) {
            current = Optional.empty();
        }
        return anew;
    }

    /// For the log alone.
    void tell(SQLException failure) {
        attempts.tell(String.valueOf(failure.getMessage()));
    }

    /// After the last script, however it ended.
    void end() {
        outside.finish(applied.stream().map(Applied::step).toList());
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            if (event == Event.BEFORE_MIGRATE) {
                prepare(context.getConnection());
            } else {
                record(context.getConnection());
            }
        } catch (SQLException e) {
            throw new org.flywaydb.core.api.FlywayException(e);
        }
    }

    private void prepare(Connection connection) throws SQLException {
        Ledger.create(connection, session.dialect());
        if (building) {
            Ledger.startBuilding(connection, session.dialect());
        }
        if (settings.owner().isPresent()) { // not before: Flyway makes its table in an empty schema only
            Ledger.claim(connection, session.dialect(), settings.owner().get().name());
        }
    }

    /// What [#inside] could not write beforehand. A callback may have taken a role that may not write there.
    private void record(Connection connection) throws SQLException {
        var late = current.map(Applied::step)
                .filter(step -> (surrounded || step.script().commitsMidway()) && !outside.isRunning(step));
        if (late.isPresent()) {
            session.dialect().settle(connection);
            put(connection, late.get());
        }
    }

    private void put(Connection connection, Step step) throws SQLException {
        if (step.revision().isPresent()) {
            Ledger.put(connection, session.dialect(), building ? bare(step) : row(step, State.applied));
        }
    }

    static Ledger.Row row(Step step, State state) {
        return row(step, step.phase(), state);
    }

    /// Of a database that is built in one go: nobody has to wait for a step that takes away what this very run has
    /// made,
    /// but code of before it finds as little here as where it ran alone.
    private static Ledger.Row bare(Step step) {
        return row(step, Verdict.of(step.script(), Set.of()).phase(), State.applied);
    }

    private static Ledger.Row row(Step step, Phase phase, State state) {
        var script = step.script();
        return Ledger.Row.of(script.number(), script.header().alias(), phase, script.checksum(), state);
    }

    /// Flyway sorts by this name: after all others.
    @Override
    public String getCallbackName() {
        return "\uFFFF";
    }
}
