package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A place in a statement from which words are taken one by one.
final class Reader {
    private static final Set<String> NOISE = Set.of("if", "not", "exists", "only", "concurrently");

    private final Statement statement;
    private int at;

    Reader(Statement statement) {
        this(statement, 0);
    }

    Reader(Statement statement, int at) {
        this.statement = statement;
        this.at = at;
    }

    /// Goes on if the next tokens are these.
    boolean take(String... words) {
        boolean there = statement.hasAt(at, words);
        at += there ? words.length : 0;
        return there;
    }

    /// Goes on if the next token is one of these.
    boolean takeAny(String... words) {
        for (var word : words) {
            if (take(word)) {
                return true;
            }
        }
        return false;
    }

    /// Passes over `IF [NOT] EXISTS`, `ONLY` and `CONCURRENTLY`.
    Reader skipNoise() {
        while (more() && NOISE.contains(peek().text()) && peek().type() == Token.Type.Word) {
            at++;
        }
        return this;
    }

    /// A possibly qualified name, in lower case, parts joined by dots; empty where none stands here.
    String name() {
        return String.join(".", parts());
    }

    /// The same, part by part.
    List<String> parts() {
        skipNoise();
        var parts = new ArrayList<String>();
        while (more() && isName(peek())) {
            parts.add(next().text());
            if (!take(".")) {
                break;
            }
        }
        return List.copyOf(parts);
    }

    /// Names between commas.
    List<String> names() {
        var names = new ArrayList<String>();
        do {
            names.add(name());
            take("*");
        } while (take(","));
        return names;
    }

    private static boolean isName(Token token) {
        return token.type() == Token.Type.Word || token.type() == Token.Type.Name;
    }

    boolean more() {
        return at < statement.tokens().size();
    }

    Token peek() {
        return statement.tokens().get(at);
    }

    Token next() {
        return statement.tokens().get(at++);
    }

    /// Moves to just behind the next comma outside parentheses; false at the end.
    boolean nextClause() {
        int depth = 0;
        while (more()) {
            var token = next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                return true;
            }
        }
        return false;
    }

    /// The tokens up to the next comma outside parentheses, as a statement of their own; this place does not
    /// move.
    Statement clause() {
        int end = at;
        int depth = 0;
        while (end < statement.tokens().size()) {
            var token = statement.tokens().get(end);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                break;
            }
            end++;
        }
        return new Statement(statement.tokens().subList(at, end));
    }
}
