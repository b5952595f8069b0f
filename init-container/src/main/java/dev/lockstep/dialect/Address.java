package dev.lockstep.dialect;

import java.nio.file.Path;
import java.util.Optional;

/// Where a database is and as whom to enter. Built from fields, never from a JDBC URL, which could carry any
/// parameter.
public sealed interface Address {

    /// Short and without a password, for messages.
    String shown();

    /// Name of Flyway's table.
    String HISTORY = "flyway_schema_history";

    /// @param host name or address, an IPv6 address without brackets
    /// @param schema the one schema that is migrated; first on the search path
    /// @param password absent: `.pgpass` is asked
    /// @param tls `disable`, `prefer`, `require`, `verify-ca` or `verify-full`
    /// @param ca certificate authority in PEM, for the two `verify` words
    /// @param role SET ROLE
    record Postgresql(
            String host,
            int port,
            String database,
            String schema,
            String user,
            Optional<String> password,
            String tls,
            Optional<Path> ca,
            Optional<String> role)
            implements Address {
        @Override
        public String shown() {
            return "postgresql://" + user + "@" + inUrl() + ":" + port + "/" + database + "?schema=" + schema;
        }

        /// Another database of the same server.
        Postgresql in(String other) {
            return new Postgresql(host, port, other, schema, user, password, tls, ca, role);
        }

        /// The host as a URL writes it: an IPv6 address in brackets.
        String inUrl() {
            return host.contains(":") ? "[" + host + "]" : host;
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    /// @param file created on the first change
    record Sqlite(Path file) implements Address {
        @Override
        public String shown() {
            return "sqlite:" + file;
        }
    }
}
