package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Where the schema is. Exactly one member.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.postgresql) != has(self.sqlite)",
        message = "database needs exactly one of postgresql, sqlite")
public record Database(
        @Nullable @JsonPropertyDescription("A PostgreSQL database, 15 or newer.")
        Postgresql postgresql,

        @Nullable @JsonPropertyDescription("A SQLite file in a claim.")
        Sqlite sqlite) {

    /// A PostgreSQL database.
    @ValidationRule(
            value = "has(self.tls)",
            message =
                    "say how the connection is protected: tls: {caSecretName: ..} verifies the server; weaker is explicit, as tls: {mode: disable}",
            fieldPath = ".tls")
    @ValidationRule(
            value = "has(self.host) != has(self.hostKey)",
            message = "write the host, or hostKey, the key that holds it in the Secret of credentials: one of both",
            fieldPath = ".host")
    @ValidationRule(
            value = "!has(self.port) || !has(self.portKey)",
            message = "write the port, or portKey, the key that holds it in the Secret of credentials: not both",
            fieldPath = ".port")
    @ValidationRule(
            value = "has(self.database) != has(self.databaseKey)",
            message =
                    "write the database, or databaseKey, the key that holds its name in the Secret of credentials: one of both",
            fieldPath = ".database")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Postgresql(
            @Nullable
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("Host name or address. A Service of this namespace goes by its name.")
            String host,

            @Nullable
            @Pattern(KEY)
            @JsonPropertyDescription("In place of host: the key that holds it in the Secret of credentials.")
            String hostKey,

            @Nullable @Min(1) @Max(65535) @JsonPropertyDescription("Port. Default 5432.")
            Integer port,

            @Nullable
            @Pattern(KEY)
            @JsonPropertyDescription("In place of port: the key that holds it in the Secret of credentials.")
            String portKey,

            @Nullable @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the database.")
            String database,

            @Nullable
            @Pattern(KEY)
            @JsonPropertyDescription("In place of database: the key that holds its name in the Secret of credentials.")
            String databaseKey,

            @Nullable
            @Default("public")
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("The schema that is migrated and holds the history.")
            String schema,

            @Required @JsonPropertyDescription("The role that migrates.")
            Credentials credentials,

            @Nullable @JsonPropertyDescription("How the connection is protected.")
            Tls tls,

            @Nullable
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("SET ROLE to this before anything is run, so that it owns what is made.")
            String role) {}

    /// A user's name and password in a Secret.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Credentials(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The Secret. It is mounted into the run's pod; the operator cannot read it.")
            String secretName,

            @Nullable
            @Default("username")
            @Pattern(KEY)
            @JsonPropertyDescription("The Secret's key that holds the user's name.")
            String usernameKey,

            @Nullable
            @Default("password")
            @Pattern(KEY)
            @JsonPropertyDescription(
                    "The Secret's key that holds the password. It may be missing where tls.clientSecretName is written.")
            String passwordKey) {}

    /// How the connection is protected.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "!has(self.clientSecretName) || self.mode != 'disable'",
            message = "a certificate of the role's own needs TLS; leave clientSecretName out or write another mode",
            fieldPath = ".clientSecretName")
    @ValidationRule(
            value = "!(self.mode in ['verify-full', 'verify-ca']) || has(self.caSecretName)",
            message =
                    "a verified server needs caSecretName, the Secret with its certificate authority; weaker modes are disable, prefer, require",
            fieldPath = ".caSecretName")
    public record Tls(
            @Nullable
            @Default("verify-full")
            @JsonPropertyDescription(
                    "As libpq's sslmode. verify-full checks certificate and host name; disable, prefer and require do not know who answers.")
            Mode mode,

            @Nullable @Size(min = 1, max = 253) @JsonPropertyDescription("The Secret with the certificate authority.")
            String caSecretName,

            @Nullable
            @Default("ca.crt")
            @Pattern(KEY)
            @JsonPropertyDescription("The Secret's key that holds it, as PEM.")
            String caKey,

            @Nullable
            @Size(min = 1, max = 253)
            @JsonPropertyDescription(
                    "The Secret with the role's own certificate, of type kubernetes.io/tls: keys tls.crt and tls.key, both PEM, the key without a passphrase.")
            String clientSecretName) {

        /// libpq's words.
        public enum Mode {
            @JsonProperty("disable")
            DISABLE("disable"),
            @JsonProperty("prefer")
            PREFER("prefer"),
            @JsonProperty("require")
            REQUIRE("require"),
            @JsonProperty("verify-ca")
            VERIFY_CA("verify-ca"),
            @JsonProperty("verify-full")
            VERIFY_FULL("verify-full");

            private final String word;

            Mode(String word) {
                this.word = word;
            }

            /// As `sslmode` spells it.
            public String word() {
                return word;
            }
        }
    }

    /// A SQLite file in a claim.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Sqlite(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The PersistentVolumeClaim that holds the file.")
            String claimName,

            @Required
            @Size(min = 1, max = 512)
            @Pattern(PATH)
            @JsonPropertyDescription(
                    "The file's path within the claim. No part of it begins with a dot, and it has no question mark and no control character.")
            String path) {}

    /// SQLite's driver takes what follows a question mark for pragmas, as `app.db?journal_mode=off`.
    static final String PATH =
            "^[^/.?\\x00-\\x1f\\x7f][^/?\\x00-\\x1f\\x7f]*(/[^/.?\\x00-\\x1f\\x7f][^/?\\x00-\\x1f\\x7f]*)*$";

    /// What a Secret's key may be, and thereby the file name that it is mounted as.
    static final String KEY = "^[-._a-zA-Z0-9]{1,253}$";
}
