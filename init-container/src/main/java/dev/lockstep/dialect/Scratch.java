package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Databases that a rehearsal makes beside the one it was given. Each carries a comment as its mark, so that one
/// whose maker was killed is known from one that somebody made.
///
/// @param connection to the database they are beside; its name on the server ends in that of the database it has made
record Scratch(Connection connection, Address.Postgresql address) {
    private static final String MARK = "made by lockstep test, which takes it away; the next one may too";
    private static final String IN_USE = "55006";
    private static final String FORBIDDEN = "42501";

    void create(String name) throws SQLException, Refusal {
        try {
            Query.run(connection, "create database " + PostgresqlDialect.quote(name));
        } catch (SQLException e) {
            if (FORBIDDEN.equals(e.getSQLState())) {
                throw mayNot();
            }
            throw e;
        }
        Query.run(connection, "comment on database " + PostgresqlDialect.quote(name) + " is '" + MARK + "'");
    }

    /// Those that scripts may name, in the database itself.
    void createSchemas() throws SQLException {
        for (var schema : address.created().isEmpty() ? List.of(address.schema()) : address.created()) {
            Query.run(connection, "create schema if not exists " + PostgresqlDialect.quote(schema));
        }
    }

    private Refusal mayNot() {
        var role = address.role().orElse(address.user());
        return new Refusal(
                Code.PermissionMissing,
                address.shown(),
                "role " + role + " may not create databases, and a rehearsal needs one of its own",
                "ALTER ROLE " + role + " CREATEDB, as a superuser; or name a server on which it may");
    }

    /// The role's own, marked, with nobody in it, and nobody alive who made it.
    void sweep() throws SQLException {
        var sql = """
                select datname from pg_database d
                where datdba = (select oid from pg_roles where rolname = current_user) and shobj_description(d.oid, 'pg_database') = ?
                  and not exists (select from pg_stat_activity a
                                  where a.datid = d.oid or a.application_name like '%' || d.datname)
                """;
        var left = new ArrayList<String>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, MARK);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    left.add(row.getString(1));
                }
            }
        }
        for (var name : left) {
            abandon(name);
        }
    }

    /// Takes one away, whoever is in it. Force comes second: an autovacuum worker gives way to a plain `DROP DATABASE`,
    /// but may not be ended by this role, for which `WITH (FORCE)` fails as a whole (seen on PostgreSQL 15).
    void drop(String name) throws SQLException {
        var sql = "drop database if exists " + PostgresqlDialect.quote(name);
        try {
            Query.run(connection, sql);
        } catch (SQLException e) {
            if (!IN_USE.equals(e.getSQLState())) {
                throw e;
            }
            Query.run(connection, sql + " with (force)");
        }
    }

    private void abandon(String name) {
        try {
            Query.run(connection, "drop database if exists " + PostgresqlDialect.quote(name));
        } catch (SQLException busy) {
            // Somebody has come in since, or is taking it away; the next rehearsal looks again.
        }
    }
}
