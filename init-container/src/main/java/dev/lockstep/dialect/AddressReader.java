package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads `postgresql://user@host:port/db?schema=app` and `sqlite:app.db`. Parameters that are not listed here are
/// refused.
public final class AddressReader {
    private static final List<String> TLS = List.of("disable", "prefer", "require", "verify-ca", "verify-full");

    private static final String SQLITE = "sqlite:";
    private static final int PORT_MAX = 65_535;

    /// What a URL does not say.
    ///
    /// @param tls absent: `verify-full`, or `prefer` to this machine itself where no authority is named
    public record Extras(Optional<String> password, Optional<String> tls, Optional<Path> ca, Optional<String> role) {}

    private AddressReader() {}

    public static Address read(String text, Extras extras) throws Refusal {
        if (text.startsWith(SQLITE) && text.length() > SQLITE.length()) {
            return sqlite(text.substring(SQLITE.length()));
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            return postgresql(uri(text), extras);
        }
        throw usage("is not an address", "write postgresql://user@host:5432/db?schema=app or sqlite:app.db");
    }

    /// What SQLite's driver takes for more than a path would be another database than the one that is shown.
    private static Address sqlite(String file) throws Refusal {
        if (file.startsWith(":") || file.startsWith("file:")) {
            throw usage("names no file", "write sqlite:app.db; a database in memory would be gone with the command");
        }
        if (!Address.Sqlite.isPath(file)) {
            throw usage(
                    "has a question mark or a control character", "give the file a name without; write sqlite:app.db");
        }
        return new Address.Sqlite(Path.of(file));
    }

    private static URI uri(String text) throws Refusal {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw usage("is not an address (" + e.getReason() + ")", "percent-encode special characters");
        }
    }

    private static Address postgresql(URI uri, Extras extras) throws Refusal {
        var user = Optional.ofNullable(uri.getUserInfo()).orElse("");
        var database = Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/", "");
        if (Optional.ofNullable(uri.getRawUserInfo()).orElse("").contains(":")) {
            throw usage("carries a password", "give it by LOCKSTEP_PASSWORD, PGPASSWORD, .pgpass or --password-file");
        }
        if (uri.getHost() == null || user.isEmpty() || database.isEmpty()) {
            throw usage("lacks a user, a host or a database", "write postgresql://user@host:5432/db");
        }
        if (uri.getPort() > PORT_MAX || uri.getPort() == 0) {
            throw usage("has the port " + uri.getPort(), "write a number from 1 to " + PORT_MAX);
        }
        var parameters = parameters(Optional.ofNullable(uri.getQuery()).orElse(""));
        var host = uri.getHost().replaceAll("[\\[\\]]", "");
        var tls = tls(host, extras);
        return new Address.Postgresql(
                host,
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                database,
                parameters.getOrDefault("schema", "public"),
                user,
                extras.password(),
                tls,
                extras.ca(),
                extras.role());
    }

    private static String tls(String host, Extras extras) throws Refusal {
        boolean trusting = isLocal(host) && extras.ca().isEmpty();
        var tls = extras.tls().orElse(trusting ? "prefer" : "verify-full");
        if (!TLS.contains(tls)) {
            throw usage("cannot be reached with TLS mode " + tls, "use one of " + String.join(", ", TLS));
        }
        if (extras.ca().isPresent() && !tls.startsWith("verify-")) {
            throw new Refusal(
                    Code.Usage,
                    "--ca",
                    "TLS mode " + tls + " verifies no certificate",
                    "write --tls verify-full or verify-ca, or leave --ca out");
        }
        return tls;
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static Map<String, String> parameters(String query) throws Refusal {
        var parameters = new TreeMap<String, String>();
        for (var pair :
                Arrays.stream(query.split("&")).filter(p -> !p.isEmpty()).toList()) {
            var key = pair.replaceFirst("=.*", "");
            if (!key.equals("schema") || pair.length() <= "schema=".length()) {
                throw usage("has the parameter " + key, "only schema=NAME is known; TLS is told by --tls and --ca");
            }
            parameters.put(key, pair.substring(key.length() + 1));
        }
        return parameters;
    }

    private static Refusal usage(String message, String remedy) {
        return new Refusal(Code.Usage, "--database", "the address " + message, remedy);
    }
}
