package dev.lockstep.rebuild;

import java.util.ArrayList;
import java.util.List;

/// Cuts text after SQLite's lexical rules, which are not PostgreSQL's: comments do not nest, `[name]` and
/// `` `name` `` are
/// names, `$` opens nothing, every character beyond ASCII is a letter. Never fails: what is open at the end runs to the
/// end.
/// Source: SQLite's `tokenize.c`.
final class Lexemes {
    private final String text;
    private int at;
    private final List<Lexeme> found = new ArrayList<>();

    private Lexemes(String text) {
        this.text = text;
    }

    static List<Lexeme> of(String text) {
        return first(Integer.MAX_VALUE, text);
    }

    /// No more than so many.
    static List<Lexeme> first(int count, String text) {
        var lexemes = new Lexemes(text);
        while (lexemes.at < text.length() && lexemes.found.size() < count) {
            lexemes.step();
        }
        return lexemes.found;
    }

    private void step() {
        char c = text.charAt(at);
        if (isSpace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            at = after("\n", at);
        } else if (text.startsWith("/*", at)) {
            at = after("*/", at + 2);
        } else if (c == '\'') {
            add(Lexeme.Kind.Text, quoted(c));
        } else if (c == '"' || c == '`') {
            add(Lexeme.Kind.Quoted, quoted(c));
        } else if (c == '[') {
            add(Lexeme.Kind.Quoted, after("]", at));
        } else if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            add(Lexeme.Kind.Number, number());
        } else if ((c == 'x' || c == 'X') && text.startsWith("'", at + 1)) {
            add(Lexeme.Kind.Number, after("'", at + 2));
        } else if (isLetter(c)) {
            add(Lexeme.Kind.Word, word());
        } else {
            add(Lexeme.Kind.Symbol, at + 1);
        }
    }

    private void add(Lexeme.Kind kind, int end) {
        found.add(new Lexeme(kind, text.substring(at, end), at));
        at = end;
    }

    private int after(String what, int from) {
        int next = text.indexOf(what, from);
        return next < 0 ? text.length() : next + what.length();
    }

    /// A doubled quote stays inside.
    private int quoted(char quote) {
        int end = at + 1;
        while (end < text.length()) {
            if (text.charAt(end) != quote) {
                end++;
            } else if (text.startsWith("" + quote + quote, end)) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        return text.length();
    }

    private int number() {
        int end = at;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)) || continues(end))) {
            end++;
        }
        return end;
    }

    private boolean continues(int end) {
        char c = text.charAt(end);
        boolean exponent = end > at
                && (text.charAt(end - 1) == 'e' || text.charAt(end - 1) == 'E')
                && !text.regionMatches(true, at, "0x", 0, 2);
        return c == '.' || exponent && (c == '+' || c == '-');
    }

    private int word() {
        int end = at;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
