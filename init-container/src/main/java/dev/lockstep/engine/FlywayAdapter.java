package dev.lockstep.engine;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.resolver.sql.SqlMigrationExecutor;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// The only class that knows Flyway's inner types. Flyway sees exactly the steps of the plan; it parses and
/// executes
/// each and
/// writes its history row in the same transaction; how often a transaction is begun is decided by [Execution].
final class FlywayAdapter implements MigrationResolver {
    /// Flyway's own lines are dropped: what happens is told as [Event]s, what fails with place and remedy. The
    /// logger
    /// is kept
    /// here because a level set on a logger that nobody holds is lost.
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private final Map<String, Step> steps;
    private final ScriptResources resources;
    private final Execution execution;
    private final Callbacks callbacks;
    private Optional<Refusal> refusal = Optional.empty();

    private FlywayAdapter(List<Step> steps, Execution execution, Callbacks callbacks) {
        this.steps =
                steps.stream().collect(Collectors.toMap(step -> step.script().file(), step -> step));
        this.resources = new ScriptResources(steps.stream().map(Step::script).toList(), callbacks);
        this.execution = execution;
        this.callbacks = callbacks;
    }

    /// Ends Flyway's run after its executor has stored why.
    private static final class Halt extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// @throws Refusal why a script or Flyway itself failed; what ran before stays
    static void migrate(Session session, List<Step> steps, Execution execution, Callbacks callbacks) throws Refusal {
        new FlywayAdapter(steps, execution, callbacks).run(session);
    }

    private void run(Session session) throws Refusal {
        var patience = session.contention().patience();
        for (int attempt = 1; ; attempt++) {
            try {
                configuration(session).load().migrate();
                return;
            } catch (FlywayException | Halt e) {
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
                var sql = cause(e);
                execution.tell(sql);
                boolean passes = session.dialect().passes(sql) && !callbacks.isEnding() && execution.beginsAnew();
                if (!passes) {
                    throw session.dialect().refusal(sql, place(e, session));
                }
                session.on(connection -> {
                    session.dialect().abandon(connection);
                    return true;
                });
                session.contention().pause(place(e, session), attempt, patience);
            }
        }
    }

    /// What Flyway's own statements met: BEGIN, COMMIT, its table's rows.
    private SQLException cause(RuntimeException failure) throws Refusal {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw resources.unparsable(failure).orElseThrow(() -> failure);
    }

    /// A callback's file and line; of what Flyway does by itself, the database.
    private static String place(RuntimeException failure, Session session) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywaySqlScriptException script && script.getResource() != null) {
                return script.getResource().getAbsolutePathOnDisk() + ":" + script.getLineNumber();
            }
        }
        return session.dialect().address().shown();
    }

    private FluentConfiguration configuration(Session session) {
        var all = new ArrayList<>(callbacks.around());
        all.add(execution);
        return plain(session)
                .resourceProvider(resources)
                .resolvers(this)
                .skipDefaultCallbacks(callbacks.isEmpty())
                .callbacks(all.toArray(Callback[]::new));
    }

    /// How Flyway is used here, on the connection that holds the lock.
    static FluentConfiguration plain(Session session) {
        FLYWAY.setLevel(Level.OFF);
        var configuration = Flyway.configure()
                .dataSource(new OneConnection(session.connection()))
                .table(session.dialect().address().history())
                .placeholderReplacement(false)
                .javaMigrationClassProvider(List::of)
                .skipDefaultResolvers(true)
                .skipDefaultCallbacks(true)
                .outOfOrder(true)
                .validateOnMigrate(false)
                .createSchemas(false);
        if (session.dialect().address() instanceof Address.Postgresql postgresql) {
            var created = postgresql.created();
            configuration
                    .defaultSchema(postgresql.schema())
                    .schemas(created.isEmpty() ? new String[] {postgresql.schema()} : created.toArray(String[]::new))
                    .createSchemas(!created.isEmpty());
            // The default lock keeps a snapshot, for which CREATE INDEX CONCURRENTLY waits for ever (flyway
            // issue
            // 1654).
            configuration
                    .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
        }
        return configuration;
    }

    @Override
    public Collection<ResolvedMigration> resolveMigrations(MigrationResolver.Context context) {
        var migrations = new ArrayList<ResolvedMigration>();
        for (var step : steps.values()) {
            migrations.add(resolved(step, context));
        }
        return migrations;
    }

    private ResolvedMigration resolved(Step step, MigrationResolver.Context context) {
        var script = step.script();
        var resource = new ScriptResource(script.file(), script.text());
        try {
            var sql = context.sqlScriptFactory.createSqlScript(
                    resource, script.mixed() || script.header().outsideTransaction(), resources);
            var inner = new SqlMigrationExecutor(
                    context.sqlScriptExecutorFactory, execution.understood(sql, step), false, false);
            return ScriptResources.resolved(script, new Executor(step, inner), context.configuration);
        } catch (Refusal why) {
            throw halt(why);
        } catch (FlywayException e) {
            throw halt(unparsable(step, e));
        }
    }

    private Halt halt(Refusal why) {
        refusal = Optional.of(why);
        return new Halt();
    }

    private static Refusal unparsable(Step step, FlywayException e) {
        var first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new Refusal(
                Code.ScriptInvalid, step.script().file() + ":1", "cannot be parsed: " + first, "correct the script");
    }

    /// Wraps Flyway's executor of one script.
    private final class Executor implements MigrationExecutor {
        private final Step step;
        private final SqlMigrationExecutor inner;
        private int line;

        Executor(Step step, SqlMigrationExecutor inner) {
            this.step = step;
            this.inner = inner;
            this.line = step.script().statements().stream()
                    .findFirst()
                    .map(s -> s.line())
                    .orElse(1);
        }

        @Override
        public List<Results> execute(org.flywaydb.core.api.executor.Context context) {
            try {
                execution.execute(
                        step, canExecuteInTransaction(), () -> step.script().file() + ":" + line, () -> once(context));
                return List.of();
            } catch (Refusal why) {
                throw halt(why);
            } catch (FlywayException e) {
                throw halt(unparsable(step, e));
            }
        }

        private void once(org.flywaydb.core.api.executor.Context context) throws SQLException {
            try {
                inner.execute(context);
            } catch (FlywaySqlScriptException e) {
                line = e.getLineNumber();
                throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
            }
        }

        @Override
        public boolean canExecuteInTransaction() {
            try {
                var header = step.script().header();
                return !header.outsideTransaction() && header.batch().isEmpty() && inner.canExecuteInTransaction();
            } catch (FlywayException e) {
                throw halt(unparsable(step, e));
            }
        }

        @Override
        public boolean shouldExecute() {
            return true;
        }
    }
}
