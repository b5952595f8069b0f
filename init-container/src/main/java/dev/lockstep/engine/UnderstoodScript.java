package dev.lockstep.engine;

import dev.lockstep.backup.Space;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.dialect.Refused;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Script;
import java.sql.SQLException;
import java.util.Collection;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.jspecify.annotations.Nullable;

/// A script as Flyway parsed it, each statement of which is offered to the dialect before it goes to the database. So
/// it runs in its place: behind the statements before it, on their session, with its own line.
final class UnderstoodScript implements SqlScript {
    private final SqlScript script;
    private final Dialect dialect;
    private final boolean alone;

    private UnderstoodScript(SqlScript script, Dialect dialect, boolean alone) {
        this.script = script;
        this.dialect = dialect;
        this.alone = alone;
    }

    /// @param read the same as we read it
    /// @throws Refusal `ScriptInvalid`, if a statement that bears no transaction stands beside others
    static UnderstoodScript of(SqlScript script, Script read, Dialect dialect) throws Refusal {
        var alone = read.statements().stream().filter(dialect::standsAlone).findFirst();
        boolean outside = read.mixed() || read.header().outsideTransaction();
        if (alone.isPresent() && read.statements().size() > 1 && !outside) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    read.file() + ":" + alone.get().line(),
                    "cannot run in a transaction, and other statements stand beside it",
                    "give it a script of its own");
        }
        return new UnderstoodScript(script, dialect, alone.isPresent());
    }

    @Override
    public SqlStatementIterator getSqlStatements() {
        var statements = script.getSqlStatements();
        return new SqlStatementIterator() {
            @Override
            public boolean hasNext() {
                return statements.hasNext();
            }

            /// Flyway asks for the next until there is none.
            @Override
            public @Nullable SqlStatement next() {
                var next = statements.next();
                return next == null ? null : new Understood(next, dialect);
            }

            @Override
            public void close() {
                statements.close();
            }
        };
    }

    private record Understood(SqlStatement statement, Dialect dialect) implements SqlStatement {
        @Override
        public Results execute(JdbcTemplate template, SqlScriptExecutor executor, Configuration configuration) {
            var results = new Results();
            try {
                boolean done = dialect.carryOut(
                        template.getConnection(),
                        statement.getSql(),
                        file -> Space.of(file).free());
                return done ? results : statement.execute(template, executor, configuration);
            } catch (SQLException e) {
                results.setException(e);
            } catch (Refusal why) {
                results.setException(new Refused(why));
            }
            return results;
        }

        @Override
        public int getLineNumber() {
            return statement.getLineNumber();
        }

        @Override
        public String getSql() {
            return statement.getSql();
        }

        @Override
        public String getDelimiter() {
            return statement.getDelimiter();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return statement.canExecuteInTransaction();
        }

        @Override
        public boolean isBatchable() {
            return false;
        }

        @Override
        public @Nullable SqlScript getReferencedSqlScript() {
            return statement.getReferencedSqlScript();
        }
    }

    @Override
    public int getSqlStatementCount() {
        return script.getSqlStatementCount();
    }

    @Override
    public Collection<SqlScript> getReferencedSqlScripts() {
        return script.getReferencedSqlScripts();
    }

    @Override
    public LoadableResource getResource() {
        return script.getResource();
    }

    @Override
    public boolean executeInTransaction() {
        return !alone && script.executeInTransaction();
    }

    @Override
    public boolean shouldExecute() {
        return script.shouldExecute();
    }

    @Override
    public String shouldExecuteExpression() {
        return script.shouldExecuteExpression();
    }

    @Override
    public boolean placeholderReplacement() {
        return script.placeholderReplacement();
    }

    @Override
    public void validate() {
        script.validate();
    }

    @Override
    public boolean includeReferencedScriptsInChecksum() {
        return script.includeReferencedScriptsInChecksum();
    }

    @Override
    public int compareTo(SqlScript other) {
        return script.compareTo(other);
    }
}
