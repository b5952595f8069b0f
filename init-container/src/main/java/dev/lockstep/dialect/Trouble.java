package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// PostgreSQL's errors in words that may stand in a status: the SQLSTATE, its name and the names of objects,
/// never the
/// server's text, which can quote rows.
/// Source of states and names: PostgreSQL documentation, appendix A.
final class Trouble {
    private static final Set<String> PASSING = Set.of("55P03", "40P01", "40001");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("42601", "syntax error"),
            Map.entry("42P01", "undefined table"),
            Map.entry("42703", "undefined column"),
            Map.entry("42883", "undefined function"),
            Map.entry("42704", "undefined object"),
            Map.entry("42P07", "duplicate table or index"),
            Map.entry("42701", "duplicate column"),
            Map.entry("42710", "duplicate object"),
            Map.entry("42P06", "duplicate schema"),
            Map.entry("42804", "datatype mismatch"),
            Map.entry("42846", "cannot coerce"),
            Map.entry("42501", "insufficient privilege"),
            Map.entry("3F000", "undefined schema"),
            Map.entry("23502", "not-null violation"),
            Map.entry("23503", "foreign key violation"),
            Map.entry("23505", "unique violation"),
            Map.entry("23514", "check violation"),
            Map.entry("23P01", "exclusion violation"),
            Map.entry("22P02", "invalid text representation"),
            Map.entry("22001", "value too long"),
            Map.entry("22012", "division by zero"),
            Map.entry("2BP01", "other objects depend on it"),
            Map.entry("0A000", "feature not supported"),
            Map.entry("25001", "cannot run inside a transaction"),
            Map.entry("P0001", "raised by the script"),
            Map.entry("53100", "disk full"));

    private Trouble() {}

    static Refusal running(SQLException failure, String place) {
        var state = Optional.ofNullable(failure.getSQLState()).orElse("");
        var message = "SQLSTATE " + state + named(state) + objects(failure);
        var code = code(state);
        return new Refusal(new Failure(code, place, message, remedy(code)));
    }

    private static Code code(String state) {
        return switch (state) {
            case "42501" -> Code.PermissionMissing;
            case "55P03" -> Code.LockBudgetExceeded;
            case "25006" -> Code.Standby;
            case "53100" -> Code.Preflight;
            default -> state.startsWith("08") || state.startsWith("57P") ? Code.ConnectionLost : Code.StatementFailed;
        };
    }

    private static String remedy(Code code) {
        return switch (code) {
            case PermissionMissing -> "grant it, or migrate as the owner (role)";
            // Its commit may have been on the way, or it has none.
            case ConnectionLost -> "run again: that finds out how far this script came, and goes on from there";
            case Standby, LockBudgetExceeded -> "nothing was changed by this script; run again";
            case Preflight -> "free space on the server's disk and run again";
            default -> "correct the statement and run again; the log has the server's words";
        };
    }

    private static String named(String state) {
        return NAMES.containsKey(state) ? " (" + NAMES.get(state) + ")" : "";
    }

    private static String objects(SQLException failure) {
        if (!(failure instanceof PSQLException psql)) {
            return "";
        }
        return Optional.ofNullable(psql.getServerErrorMessage())
                .map(message -> object("table", message.getTable())
                        + object("column", message.getColumn())
                        + object("constraint", message.getConstraint())
                        + object("type", message.getDatatype()))
                .orElse("");
    }

    private static String object(String kind, @Nullable String name) {
        return name == null ? "" : ", " + kind + " " + name;
    }

    static boolean passes(SQLException failure) {
        var state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return PASSING.contains(state);
    }
}
