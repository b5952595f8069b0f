package dev.lockstep.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts SQL into tokens and statements after PostgreSQL's lexical rules, which contain SQLite's but for `[name]`
/// and
/// `` `name` ``: nested comments, dollar quotes, `E''` strings, quoted identifiers, `BEGIN … END` bodies, `COPY …
/// FROM
/// stdin`
/// data. Never fails: what is open at the end runs to the end.
/// Source: PostgreSQL documentation, chapter 4.1 "Lexical Structure".
final class Lexer {
    private final String text;
    private int at;
    private int line = 1;
    private final List<Statement> statements = new ArrayList<>();
    private List<Token> tokens = new ArrayList<>();
    private final Nesting nesting = new Nesting();

    private Lexer(String text) {
        this.text = text;
    }

    static List<Statement> statements(String text) {
        var lexer = new Lexer(text);
        while (lexer.at < text.length()) {
            lexer.step();
        }
        lexer.end();
        return lexer.statements;
    }

    private void step() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            advance(1);
        } else if (looks("--")) {
            skipTo("\n");
        } else if (looks("/*")) {
            comment();
        } else if (c == '\'') {
            add(Token.Type.Literal, string(1, false));
        } else if (isEscapeString()) {
            add(Token.Type.Literal, string(2, true));
        } else if (c == '"' || c == '`') {
            add(Token.Type.Name, quoted(c));
        } else if (c == '$' && dollarTag() > 0) {
            add(Token.Type.Literal, dollarQuoted(dollarTag()));
        } else if (Character.isLetter(c) || c == '_') {
            add(Token.Type.Word, word().toLowerCase(Locale.ROOT));
        } else if (Character.isDigit(c)) {
            add(Token.Type.Literal, word());
        } else if (c == ';' && !nesting.open()) {
            advance(1);
            end();
        } else {
            add(Token.Type.Symbol, take(1));
        }
    }

    private void add(Token.Type type, String token) {
        tokens.add(new Token(type, token, line - newlines(token)));
        nesting.see(tokens);
    }

    private void end() {
        if (!tokens.isEmpty()) {
            var statement = new Statement(tokens);
            statements.add(statement);
            if (statement.begins("copy") && statement.has("from", "stdin")) {
                skipTo("\n\\.");
                skipTo("\n");
            }
        }
        tokens = new ArrayList<>();
        nesting.clear();
    }

    private void comment() {
        int depth = 0;
        do {
            int move = looks("/*") ? 1 : looks("*/") ? -1 : 0;
            depth += move;
            advance(move == 0 ? 1 : 2);
        } while (depth > 0 && at < text.length());
    }

    private boolean isEscapeString() {
        return (looks("E'") || looks("e'")) && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    /// From the opening quote on: a doubled quote stays inside, and so does a backslashed one where `escapes`.
    private String string(int open, boolean escapes) {
        int end = at + open;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '\\' && escapes) {
                end += 2;
            } else if (c != '\'') {
                end++;
            } else if (text.startsWith("''", end)) {
                end += 2;
            } else {
                return take(end + 1 - at);
            }
        }
        return take(text.length() - at);
    }

    private String quoted(char quote) {
        int end = at + 1;
        while (end < text.length() && (text.charAt(end) != quote || text.startsWith("" + quote + quote, end))) {
            end += text.charAt(end) == quote ? 2 : 1;
        }
        var inside = take(Math.min(end + 1, text.length()) - at);
        return inside.substring(1, Math.max(1, inside.length() - 1)).replace("" + quote + quote, "" + quote);
    }

    /// Length of the dollar quote's tag here, 0 if there is none; `$1` is a parameter.
    private int dollarTag() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean closed = end < text.length() && text.charAt(end) == '$';
        return closed && !Character.isDigit(text.charAt(at + 1)) ? end + 1 - at : 0;
    }

    private String dollarQuoted(int tag) {
        int close = text.indexOf(text.substring(at, at + tag), at + tag);
        return take(close < 0 ? text.length() - at : close + tag - at);
    }

    private String word() {
        int end = at;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_$".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return take(end - at);
    }

    private boolean looks(String what) {
        return text.startsWith(what, at);
    }

    private void skipTo(String what) {
        int next = text.indexOf(what, at);
        advance(next < 0 ? text.length() - at : next + what.length() - at);
    }

    private String take(int length) {
        var taken = text.substring(at, Math.min(text.length(), at + length));
        advance(length);
        return taken;
    }

    private void advance(int length) {
        int end = Math.min(text.length(), at + length);
        line += newlines(text.substring(at, end));
        at = end;
    }

    private static int newlines(String piece) {
        return (int) piece.chars().filter(c -> c == '\n').count();
    }
}
