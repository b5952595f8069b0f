package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// One moment of a PostgreSQL database, which `pg_dump` and a count may both look at, whatever others write meanwhile.
///
/// @param id for `pg_dump --snapshot`, as long as this is open
public record PostgresqlSnapshot(Connection connection, String id) implements AutoCloseable {

    public static PostgresqlSnapshot of(Address.Postgresql address) throws SQLException, Refusal {
        var connection = new PostgresqlEntrance(address, "lockstep/snapshot", true).open();
        try {
            Query.run(connection, "begin transaction isolation level repeatable read read only");
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_export_snapshot()")) {
                row.next();
                return new PostgresqlSnapshot(connection, row.getString(1));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    public List<String> inventory(Extent extent) throws SQLException {
        return new PostgresqlInventory(connection).lines(extent);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
