package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;

/// PostgreSQL 17 brought `transaction_timeout`; an older server refuses a session that names it.
final class TransactionTimeout {
    private static final int SINCE = 17;

    private TransactionTimeout() {}

    /// A script may take as long as it takes.
    static void lift(Connection connection) throws SQLException {
        if (Integer.parseInt(server(connection)) >= SINCE) {
            Query.run(connection, "set transaction_timeout = 0");
        }
    }

    private static String server(Connection connection) throws SQLException {
        var version = connection.unwrap(PGConnection.class).getParameterStatus("server_version");
        return Optional.ofNullable(version).orElse("0").replaceFirst("\\D.*", "");
    }
}
