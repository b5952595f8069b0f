package dev.lockstep.dialect;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a database is and as whom to enter. Built from fields, never from a JDBC URL, which could carry any
/// parameter.
public sealed interface Address {

    /// Short and without a password, for messages.
    String shown();

    /// Name of Flyway's table, if nobody says otherwise.
    String HISTORY = "flyway_schema_history";

    /// Name of Flyway's table.
    String history();

    /// The same database with another table of Flyway's.
    Address recordedIn(String history);

    /// The same database with another schema to migrate; a database without schemas stays as it is.
    ///
    /// @param created Flyway creates these schemas where they are missing, and says so in its history
    Address inSchema(String schema, List<String> created);

    /// @param host name or address, an IPv6 address without brackets
    /// @param schema the one schema that is migrated; first on the search path
    /// @param password absent: `.pgpass` is asked
    /// @param tls `disable`, `prefer`, `require`, `verify-ca` or `verify-full`
    /// @param ca certificate authority in PEM, for the two `verify` words
    /// @param role SET ROLE
    /// @param created schemas that Flyway creates where they are missing, this one among them; empty: none
    /// @param client the role's own certificate
    record Postgresql(
            String host,
            int port,
            String database,
            String schema,
            String user,
            Optional<String> password,
            String tls,
            Optional<Path> ca,
            Optional<String> role,
            String history,
            List<String> created,
            Optional<Certificate> client)
            implements Address {
        public Postgresql {
            created = List.copyOf(created);
        }

        public Postgresql(
                String host,
                int port,
                String database,
                String schema,
                String user,
                Optional<String> password,
                String tls,
                Optional<Path> ca,
                Optional<String> role) {
            this(host, port, database, schema, user, password, tls, ca, role, HISTORY, List.of(), Optional.empty());
        }

        @Override
        public Address recordedIn(String table) {
            return new Postgresql(host, port, database, schema, user, password, tls, ca, role, table, created, client);
        }

        @Override
        public Address inSchema(String other, List<String> creates) {
            return new Postgresql(host, port, database, other, user, password, tls, ca, role, history, creates, client);
        }

        @Override
        public String shown() {
            return "postgresql://" + user + "@" + inUrl() + ":" + port + "/" + database + "?schema=" + schema;
        }

        /// Another database of the same server.
        Postgresql in(String other) {
            return new Postgresql(host, port, other, schema, user, password, tls, ca, role, HISTORY, List.of(), client);
        }

        /// The same, entered with a certificate.
        public Postgresql presenting(Certificate certificate) {
            return new Postgresql(
                    host,
                    port,
                    database,
                    schema,
                    user,
                    password,
                    tls,
                    ca,
                    role,
                    history,
                    created,
                    Optional.of(certificate));
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

    /// A role's own certificate.
    ///
    /// @param chain in PEM
    /// @param key PKCS#8 in DER, which driver and client programs both take; nobody else may read it
    record Certificate(Path chain, Path key) {}

    /// @param file created on the first change
    record Sqlite(Path file, String history) implements Address {
        public Sqlite(Path file) {
            this(file, HISTORY);
        }

        /// SQLite's driver takes what follows a question mark for pragmas, as `app.db?journal_mode=off`.
        public static boolean isPath(String text) {
            return text.chars().noneMatch(it -> it == '?' || Character.isISOControl(it));
        }

        @Override
        public Address recordedIn(String table) {
            return new Sqlite(file, table);
        }

        @Override
        public Address inSchema(String schema, List<String> created) {
            return this;
        }

        @Override
        public String shown() {
            return "sqlite:" + file;
        }
    }
}
