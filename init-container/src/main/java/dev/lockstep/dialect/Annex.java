package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A database beside the migrated one, made to stay.
///
/// @param connection to the migrated one
/// @param name a database's, or a file's in the same folder
public record Annex(Connection connection, Dialect dialect, String name) {
    private static final String FORBIDDEN = "42501";
    private static final String TAKEN = "42P04";

    /// Makes it, empty, with the schema and with these extensions where the migrated one has them.
    ///
    /// @throws Refusal `PermissionMissing`; `RestoreFailed` where the server has one of that name;
    /// then nothing is made
    public Dialect create(List<String> extensions) throws SQLException, Refusal {
        return switch (dialect.address()) {
            case Address.Postgresql it -> postgresql(it, extensions);
            case Address.Sqlite it -> Dialect.of(new Address.Sqlite(it.file().resolveSibling(name)));
        };
    }

    private Dialect postgresql(Address.Postgresql address, List<String> extensions) throws SQLException, Refusal {
        try {
            Query.run(connection, "create database " + PostgresqlDialect.quote(name));
        } catch (SQLException e) {
            throw refusal(e, address);
        }
        try {
            var beside = Dialect.of(address.in(name));
            furnish(beside, address, extensions);
            return beside;
        } catch (SQLException | Refusal | RuntimeException e) {
            drop();
            throw e;
        }
    }

    private void furnish(Dialect beside, Address.Postgresql address, List<String> extensions)
            throws SQLException, Refusal {
        try (var inside = beside.connect("lockstep/restore", false)) {
            var extent = new Extent(List.of(address.schema()), false, List.of(), extensions);
            new PostgresqlContents(connection, address).furnish(inside, extent);
        }
    }

    private Refusal refusal(SQLException failure, Address.Postgresql address) throws SQLException {
        return switch (failure.getSQLState()) {
            case FORBIDDEN -> {
                var role = address.role().orElse(address.user());
                yield new Refusal(
                        Code.PermissionMissing,
                        address.shown(),
                        "role " + role + " may not create databases, and the backup is to go into a new one",
                        "ALTER ROLE " + role + " CREATEDB, as a superuser");
            }
            case TAKEN -> taken();
            case String other -> throw failure;
        };
    }

    private Refusal taken() {
        return new Refusal(
                Code.RestoreFailed,
                dialect.address().shown(),
                "there is a database of the name " + name + " already, and it is let be",
                "name another, or drop it");
    }

    /// Takes away what was made and could not be filled. A file is whole or not there.
    public void drop() throws SQLException {
        switch (dialect.address()) {
            case Address.Postgresql it -> new Scratch(connection, it).drop(name);
            case Address.Sqlite none -> {}
        }
    }
}
