package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.GT;

/// Why a PostgreSQL server let nobody in, in words that may stand in a status.
///
/// @param failure what the driver says
record Doorstep(SQLException failure, Address.Postgresql address) {
    /// What to do about a pooler.
    private static final String DIRECT = "name the server itself: through a pooler two runners could hold one lock";

    /// Of the driver's own no: it got to the server and saw that it will not get in.
    private static final String REJECTED = "08004";

    /// Of a setting. Measured: PostgreSQL 12.22 answers so to client_connection_check_interval.
    private static final String UNKNOWN = "42704";

    Refusal refusal() {
        return switch (state()) {
            case "28P01", "28000" -> credentials();
            case "42501" -> forbidden();
            case "22023" -> address.role().map(this::nobody).orElseGet(this::away);
            case "3D000" -> refuse(Code.Unreachable, "there is no database " + address.database(), "create it");
            case "08P01" -> refuse(Code.PoolerDetected, "it refuses session settings, as a pooler does", DIRECT);
            case UNKNOWN ->
                refuse(
                        Code.VersionUnsupported,
                        "it does not know all settings that PostgreSQL has had since version 14",
                        "upgrade the server");
            case REJECTED -> rejected();
            default -> away();
        };
    }

    private String state() {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }

    private Refusal refuse(Code code, String message, String remedy) {
        return new Refusal(code, address.host() + ":" + address.port(), message, remedy);
    }

    private Refusal credentials() {
        var plain = address.tls().equals("disable") ? ", or let --tls be more than disable" : "";
        return refuse(
                Code.AuthenticationRefused,
                "the server refuses user " + address.user() + " (SQLSTATE " + state() + ")",
                "correct the password, or pg_hba.conf" + plain);
    }

    private Refusal forbidden() {
        var user = address.user();
        var database = address.database();
        var role =
                address.role().map(name -> " or may not take the role " + name).orElse("");
        var grant =
                address.role().map(name -> ", or GRANT " + name + " TO " + user).orElse("");
        return refuse(
                Code.PermissionMissing,
                "user " + user + " may not connect to " + database + role,
                "GRANT CONNECT ON DATABASE " + database + " TO " + user + grant);
    }

    private Refusal nobody(String role) {
        return refuse(
                Code.PermissionMissing,
                "there is no role " + role,
                "name another with --role, or CREATE ROLE " + role + " and GRANT " + role + " TO " + address.user());
    }

    /// The driver has one state for several, and words in the language of the place.
    private Refusal rejected() {
        if (GT.tr("The server does not support SSL.").equals(failure.getMessage())) {
            return refuse(
                    Code.TlsFailed,
                    "the server offers no TLS",
                    "switch it on there (ssl = on), or say --tls disable on a network that nobody else hears");
        }
        return address.password().isEmpty()
                ? refuse(
                        Code.SecretMissing,
                        "no password was given for user " + address.user(),
                        "set LOCKSTEP_PASSWORD or PGPASSWORD, write it into ~/.pgpass, or name a --password-file")
                : away();
    }

    /// The driver throws it without a cause of TLS. Source: org.postgresql.ssl.MakeSSL.
    private boolean isOfAnotherHost() {
        return GT.tr(
                        "The hostname {0} could not be verified by hostnameverifier {1}.",
                        address.host(), "PgjdbcHostnameVerifier")
                .equals(failure.getMessage());
    }

    private Refusal uncertified() {
        return refuse(
                Code.TlsFailed,
                "the server's certificate does not fit the authority or the host's name",
                "name the authority that signed it with --ca, and the host as the certificate has it");
    }

    private Refusal away() {
        if (isOfAnotherHost()) return uncertified();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException unknown -> {
                    return unreachable("the host's name is unknown");
                }
                case ConnectException refused -> {
                    return unreachable("nothing listens there");
                }
                case SocketTimeoutException slow -> {
                    return unreachable("no answer in time");
                }
                case SSLException tls -> {
                    return uncertified();
                }
                default -> {}
            }
        }
        return unreachable("the server cannot be used (SQLSTATE " + state() + ")");
    }

    private Refusal unreachable(String message) {
        return refuse(Code.Unreachable, message, "check host, port, network and that it runs");
    }
}
