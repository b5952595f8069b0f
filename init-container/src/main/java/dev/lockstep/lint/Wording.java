package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import dev.lockstep.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A statement said again from its tokens, in lower case and on one line.
final class Wording {
    private static final Set<String> STICKS_LEFT = Set.of(")", ",", ".", "]", "[");
    private static final Set<String> STICKS_RIGHT = Set.of("(", ".", "[");

    private Wording() {}

    static String of(Statement statement) {
        return of(statement.tokens());
    }

    static String of(List<Token> tokens) {
        var text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            if (i > 0 && !joined(tokens.get(i - 1), tokens.get(i))) {
                text.append(' ');
            }
            text.append(of(tokens.get(i)));
        }
        return text.toString();
    }

    private static String of(Token token) {
        return token.type() == Token.Type.Name ? '"' + token.text().replace("\"", "\"\"") + '"' : token.text();
    }

    /// Operators and casts are symbols of one character each: what are two of them stays two of them.
    private static boolean joined(Token left, Token right) {
        boolean symbols = left.type() == Token.Type.Symbol && right.type() == Token.Type.Symbol;
        boolean operator = symbols && !"(),".contains(left.text()) && !"(),".contains(right.text());
        return operator
                || right.type() == Token.Type.Symbol && STICKS_LEFT.contains(right.text())
                || left.type() == Token.Type.Symbol && STICKS_RIGHT.contains(left.text());
    }

    /// The same with a word behind the first `after`.
    static String with(Statement statement, String after, String word) {
        var tokens = new ArrayList<Token>();
        boolean put = false;
        for (var token : statement.tokens()) {
            tokens.add(token);
            if (!put && token.is(after)) {
                tokens.add(new Token(Token.Type.Word, word, token.line()));
                put = true;
            }
        }
        return of(tokens);
    }
}
