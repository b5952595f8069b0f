package dev.lockstep.engine;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resolver.sql.SqlMigrationExecutor;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;

/// Flyway's parser and executor for scripts that it has no command for: on the way down. Flyway hands both to a
/// resolver, so it is asked what there is, and its answer is thrown away.
final class FlywayScripts implements MigrationResolver, ResourceProvider {
    private Optional<MigrationResolver.Context> context = Optional.empty();

    private final Dialect dialect;

    private FlywayScripts(Dialect dialect) {
        this.dialect = dialect;
    }

    static FlywayScripts of(Session session) throws Refusal {
        var scripts = new FlywayScripts(session.dialect());
        var flyway = FlywayAdapter.plain(session)
                .resolvers(scripts)
                .resourceProvider(scripts)
                .load();
        session.on(connection -> Foundation.answer(flyway::info));
        return scripts;
    }

    /// A script that can be run, and where it stopped.
    final class Ready {
        private final SqlMigrationExecutor executor;
        private final Script script;
        private int line;

        private Ready(SqlMigrationExecutor executor, Script script) {
            this.executor = executor;
            this.script = script;
            this.line = script.statements().stream()
                    .findFirst()
                    .map(first -> first.line())
                    .orElse(1);
        }

        boolean inTransaction() {
            return !script.header().outsideTransaction() && executor.canExecuteInTransaction();
        }

        String place() {
            return script.file() + ":" + line;
        }

        void run(Connection connection) throws SQLException {
            try {
                executor.execute(new On(context.orElseThrow().configuration, connection));
            } catch (FlywaySqlScriptException e) {
                line = e.getLineNumber();
                throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
            }
        }
    }

    private record On(Configuration configuration, Connection connection)
            implements org.flywaydb.core.api.executor.Context {
        @Override
        public Configuration getConfiguration() {
            return configuration;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }
    }

    /// @throws Refusal `ScriptInvalid`
    Ready read(Script script) throws Refusal {
        var with = context.orElseThrow();
        try {
            var resource = new ScriptResource(script.file(), script.text());
            var sql = with.sqlScriptFactory.createSqlScript(
                    resource, script.header().outsideTransaction(), this);
            var understood = UnderstoodScript.of(sql, script, dialect);
            var ready = new Ready(
                    new SqlMigrationExecutor(with.sqlScriptExecutorFactory, understood, false, false), script);
            ready.inTransaction(); // parses, so that a script which cannot be read stops before any has run
            return ready;
        } catch (FlywayException e) {
            var first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new Refusal(
                    Code.ScriptInvalid, script.file() + ":1", "cannot be parsed: " + first, "correct the script");
        }
    }

    @Override
    public Collection<ResolvedMigration> resolveMigrations(MigrationResolver.Context handed) {
        context = Optional.of(handed);
        return List.of();
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return List.of();
    }
}
