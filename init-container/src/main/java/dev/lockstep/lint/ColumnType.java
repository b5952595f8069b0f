package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A column's type as a statement words it.
///
/// @param name PostgreSQL's shortest, `varchar` for `character varying`
/// @param bounds numbers in parentheses; empty for none
record ColumnType(String name, List<Integer> bounds) {
    private static final Set<String> TEXTS = Set.of("text", "varchar");
    private static final Set<String> ENDS = Set.of(
            "not",
            "null",
            "default",
            "primary",
            "unique",
            "references",
            "check",
            "constraint",
            "generated",
            "collate",
            "using");

    /// The type that stands at this place; empty where none does.
    static Optional<ColumnType> at(Statement statement, int from) {
        var words = new ArrayList<String>();
        var bounds = new ArrayList<Integer>();
        for (int i = from; i < statement.tokens().size(); i++) {
            var token = statement.tokens().get(i);
            if (token.type() == Token.Type.Word && ENDS.contains(token.text())) {
                break;
            }
            if (token.type() == Token.Type.Literal && token.text().matches("\\d{1,9}")) {
                bounds.add(Integer.parseInt(token.text()));
            } else if (token.type() == Token.Type.Word || token.type() == Token.Type.Name) {
                words.add(token.text());
            }
        }
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new ColumnType(shortest(String.join(" ", words)), bounds));
    }

    private static String shortest(String name) {
        return switch (name) {
            case "character varying" -> "varchar";
            case "decimal" -> "numeric";
            default -> name;
        };
    }

    /// Does PostgreSQL leave the table as it is when a column of this type gets the other one?
    /// Source: documentation of ALTER TABLE, and each pair tried on PostgreSQL 15.
    boolean keptAs(ColumnType other) {
        if (equals(other) || name.equals("cidr") && other.name.equals("inet")) {
            return true;
        }
        if (TEXTS.contains(name) && TEXTS.contains(other.name)) {
            return other.bounds.isEmpty() || !bounds.isEmpty() && other.bounds.getFirst() >= bounds.getFirst();
        }
        return name.equals("numeric") && other.name.equals("numeric") && roomier(other);
    }

    private boolean roomier(ColumnType other) {
        return other.bounds.isEmpty()
                || bounds.size() == 2
                        && other.bounds.size() == 2
                        && other.bounds.getFirst() >= bounds.getFirst()
                        && other.bounds.getLast().equals(bounds.getLast());
    }

    String words() {
        return bounds.isEmpty()
                ? name
                : name + bounds.toString().replace('[', '(').replace(']', ')');
    }
}
