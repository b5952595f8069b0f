package dev.lockstep.dialect;

import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads from a statement of PostgreSQL's what to ask about it.
final class ProbeReader {
    private static final Set<String> NOISE = Set.of("if", "not", "exists", "only", "concurrently");
    private static final Set<String> HARMLESS = Set.of("vacuum", "analyze", "checkpoint", "cluster", "reindex");

    private final Statement statement;
    private final String schema;
    private int at;

    ProbeReader(Statement statement, String schema) {
        this.statement = statement;
        this.schema = schema;
    }

    Optional<Probe> read() {
        var first = statement.tokens().getFirst().text();
        return switch (first) {
            case "create" -> built();
            case "drop" -> gone();
            case "alter" -> altered();
            default -> {
                var again = statement.has("concurrently") ? new Probe.Rebuilt() : new Probe.Again();
                yield HARMLESS.contains(first) ? Optional.of(again) : Optional.empty();
            }
        };
    }

    /// An index is in the schema of its table.
    private Optional<Probe> built() {
        if (!find("index", "concurrently")) {
            return Optional.empty();
        }
        var index = name();
        if (index.isEmpty() || !find("on")) {
            return Optional.empty();
        }
        var table = name();
        return Optional.of(new Probe.Built(sql(table.subList(0, table.size() - 1), index.getLast())));
    }

    private Optional<Probe> gone() {
        if (!statement.begins("drop", "index", "concurrently") || statement.has(",")) {
            return Optional.empty();
        }
        at = 3;
        return Optional.of(new Probe.Gone(sql(name())));
    }

    private Optional<Probe> altered() {
        at = 2;
        if (statement.begins("alter", "type")) {
            var type = sql(name());
            return take("add", "value") ? Optional.of(new Probe.Added(type, value())) : Optional.empty();
        }
        if (!statement.begins("alter", "table")) {
            return Optional.empty();
        }
        var table = sql(name());
        if (take("validate", "constraint")) {
            return Optional.of(new Probe.Again());
        }
        return take("detach", "partition") && statement.has("concurrently")
                ? Optional.of(new Probe.Detached(table, sql(name())))
                : Optional.empty();
    }

    private String value() {
        skipNoise();
        return at < statement.tokens().size() ? statement.tokens().get(at).text() : "''";
    }

    /// Moves behind the first of these words.
    private boolean find(String... words) {
        while (at < statement.tokens().size()) {
            if (take(words)) {
                return true;
            }
            at++;
        }
        return false;
    }

    private boolean take(String... words) {
        boolean there = statement.hasAt(at, words);
        at += there ? words.length : 0;
        return there;
    }

    private void skipNoise() {
        while (at < statement.tokens().size()
                && statement.tokens().get(at).type() == Token.Type.Word
                && NOISE.contains(statement.tokens().get(at).text())) {
            at++;
        }
    }

    /// The parts of a name; empty where none stands here.
    private List<String> name() {
        skipNoise();
        var parts = new ArrayList<String>();
        while (at < statement.tokens().size() && isName(statement.tokens().get(at))) {
            parts.add(statement.tokens().get(at++).text());
            if (!take(".")) {
                break;
            }
        }
        return parts;
    }

    private static boolean isName(Token token) {
        return token.type() == Token.Type.Name || token.type() == Token.Type.Word && !token.is("on");
    }

    private String sql(List<String> name) {
        return name.isEmpty() ? "" : sql(name.subList(0, name.size() - 1), name.getLast());
    }

    private String sql(List<String> place, String name) {
        return PostgresqlDialect.quote(place.isEmpty() ? schema : place.getLast())
                + "."
                + PostgresqlDialect.quote(name);
    }
}
