package dev.lockstep.dialect;

import dev.lockstep.handover.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/// Opens sessions on a PostgreSQL server.
///
/// @param name what the server shows of the session
record PostgresqlEntrance(Address.Postgresql address, String name, boolean writes) {
    /// `client_connection_check_interval`: without it the statement of a killed runner commits seconds later.
    /// `idle_…` and `statement_timeout`: a session that holds the lock over a long backup must not be ended by a
    /// default.
    /// `tcp_…`: a server whose runner has vanished without a word would keep its session, and so the lock, for two
    /// hours, or go on sending for a quarter of one.
    /// Source: PostgreSQL documentation, "Connections and Authentication", TCP settings; tcp(7).
    private static final List<String> SETTINGS = List.of(
            "client_connection_check_interval=1s",
            "statement_timeout=0",
            "idle_in_transaction_session_timeout=0",
            "idle_session_timeout=0",
            "tcp_keepalives_idle=" + KeptAlive.IDLE_SECONDS,
            "tcp_keepalives_interval=" + KeptAlive.INTERVAL_SECONDS,
            "tcp_keepalives_count=" + KeptAlive.QUESTIONS,
            "tcp_user_timeout=" + KeptAlive.GONE_AFTER.toMillis(),
            "lock_timeout=" + Dialect.OWN_WAIT.toMillis());

    /// In autocommit.
    Connection open() throws Refusal {
        try {
            var connection = new Driver().connect(url(), properties());
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own URL");
            }
            return connection;
        } catch (SQLException e) {
            throw new Doorstep(e, address).refusal();
        }
    }

    private String url() {
        return "jdbc:postgresql://" + address.inUrl() + ":" + address.port() + "/"
                + URLEncoder.encode(address.database(), StandardCharsets.UTF_8);
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        address.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", name);
        properties.setProperty("sslmode", address.tls());
        properties.setProperty("sslfactory", "org.postgresql.ssl.LibPQFactory");
        address.ca().ifPresent(ca -> properties.setProperty("sslrootcert", ca.toString()));
        address.client().ifPresent(it -> {
            properties.setProperty("sslcert", it.chain().toString());
            properties.setProperty("sslkey", it.key().toString());
        });
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", KeptAlive.class.getName());
        properties.setProperty("connectTimeout", "10");
        if (writes) { // the driver then sends its own settings with the handshake, not in a round trip after it
            properties.setProperty("assumeMinServerVersion", "15");
        }
        // A pooler, through which an application's gate may well ask, knows no settings at the start of a
        // session.
        var options = options();
        if (!options.isEmpty()) {
            properties.setProperty("options", options);
        }
        return properties;
    }

    private String options() {
        var settings = new ArrayList<>(writes ? SETTINGS : List.<String>of());
        if (writes) {
            settings.add("search_path="
                    + (address.schema().equals("public")
                            ? "public"
                            : PostgresqlDialect.quote(address.schema()) + ",public"));
        }
        address.role().ifPresent(role -> settings.add("role=" + role));
        return settings.stream()
                .map(setting -> "-c " + setting.replace("\\", "\\\\").replace(" ", "\\ "))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
