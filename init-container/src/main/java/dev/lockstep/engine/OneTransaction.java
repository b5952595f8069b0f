package dev.lockstep.engine;

import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;

/// A transaction on a session that is in none: all of it, or nothing and what stopped it.
final class OneTransaction {
    private OneTransaction() {}

    interface Work<T> {
        T run() throws SQLException, Refusal;
    }

    static <T> T of(Connection connection, Work<T> work) throws SQLException, Refusal {
        try {
            connection.setAutoCommit(false); // which on SQLite waits for its lock, in vain perhaps
            var result = work.run();
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | Refusal | RuntimeException e) {
            leave(connection::rollback, e);
            leave(() -> connection.setAutoCommit(true), e);
            throw e;
        }
    }

    private interface Leaving {
        void run() throws SQLException;
    }

    /// SQLite has rolled back by itself when its disk is full, and refuses to do it again. A server that is gone does
    /// neither. What is told is why it came to that.
    private static void leave(Leaving leaving, Exception cause) {
        try {
            leaving.run();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
