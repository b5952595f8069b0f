package dev.lockstep.engine;

import dev.lockstep.script.Callback;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Stands around the project's own callbacks, which Flyway finds and runs by itself. Flyway gives those around a whole
/// migration a session of their own, so what one of them has SET must not reach what comes after it.
final class Callbacks {
    private final Session session;
    private final List<Callback> callbacks;
    private boolean begun;
    private boolean ending;

    Callbacks(Session session, List<Callback> callbacks) {
        this.session = session;
        this.callbacks = List.copyOf(callbacks);
    }

    boolean isEmpty() {
        return callbacks.isEmpty();
    }

    /// Are there some that share a transaction and a role with each script?
    boolean surroundEach() {
        return callbacks.stream().anyMatch(callback -> callback.event().contains("Each"));
    }

    /// Those that are still to be run: if Flyway has to begin anew, what comes before everything has been run.
    List<Callback> pending() {
        return begun
                ? callbacks.stream()
                        .filter(callback -> !callback.event().equals(Event.BEFORE_MIGRATE.getId()))
                        .toList()
                : callbacks;
    }

    /// Would those at the end be lost or run twice if Flyway began anew?
    boolean isEnding() {
        return ending;
    }

    /// Flyway sorts callbacks by their names: ours before all others and after all others.
    List<org.flywaydb.core.api.callback.Callback> around() {
        return isEmpty() ? List.of() : List.of(new Edge("", this::before), new Edge("\uFFFF", this::after));
    }

    private void before(Event event, Connection connection) throws SQLException {
        begun |= event != Event.BEFORE_MIGRATE;
        ending |= event == Event.AFTER_MIGRATE_APPLIED || event == Event.AFTER_MIGRATE;
        if (!isEach(event)) {
            session.dialect().lockTimeout(connection, Outside.ONCE);
        }
    }

    private void after(Event event, Connection connection) throws SQLException {
        if (!isEach(event)) {
            session.dialect().forget(connection);
        }
    }

    private static boolean isEach(Event event) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    private interface Work {
        void at(Event event, Connection connection) throws SQLException;
    }

    private final class Edge implements org.flywaydb.core.api.callback.Callback {
        private final String name;
        private final Work work;

        Edge(String name, Work work) {
            this.name = name;
            this.work = work;
        }

        @Override
        public boolean supports(Event event, Context context) {
            return callbacks.stream().anyMatch(callback -> callback.event().equals(event.getId()))
                    || event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            try {
                work.at(event, context.getConnection());
            } catch (SQLException e) {
                throw new FlywayException(e);
            }
        }

        @Override
        public String getCallbackName() {
            return name;
        }
    }
}
