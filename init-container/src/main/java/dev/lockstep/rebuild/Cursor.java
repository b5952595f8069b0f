package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A place in a text from which lexemes are taken one by one, with the text as it was written at hand.
final class Cursor {
    private final String text;
    private final List<Lexeme> lexemes;
    private int at;

    private Cursor(String text, List<Lexeme> lexemes) {
        this.text = text;
        this.lexemes = lexemes;
    }

    static Cursor of(String text) {
        return new Cursor(text, Lexemes.of(text));
    }

    boolean more() {
        return at < lexemes.size();
    }

    Lexeme peek() {
        return peek(0);
    }

    Lexeme peek(int ahead) {
        return at + ahead < lexemes.size() ? lexemes.get(at + ahead) : new Lexeme(Lexeme.Kind.End, "", text.length());
    }

    Lexeme next() {
        var lexeme = peek();
        at += more() ? 1 : 0;
        return lexeme;
    }

    boolean looks(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean looksAny(String... words) {
        for (var word : words) {
            if (looks(word)) {
                return true;
            }
        }
        return false;
    }

    /// Goes on if these come next.
    boolean take(String... words) {
        boolean there = looks(words);
        at += there ? words.length : 0;
        return there;
    }

    /// @throws Refusal if no name comes next
    Lexeme name() throws Refusal {
        if (!peek().isName()) {
            throw unexpected();
        }
        return next();
    }

    /// Passes over an opening parenthesis and all up to the one that closes it.
    void group() throws Refusal {
        if (!looks("(")) {
            throw unexpected();
        }
        int depth = 0;
        do {
            var lexeme = next();
            depth += lexeme.is("(") ? 1 : lexeme.is(")") ? -1 : 0;
        } while (depth > 0 && more());
        if (depth > 0) {
            throw Objection.of("a parenthesis is not closed", "close it");
        }
    }

    /// Passes over everything up to the end or to one of these outside parentheses.
    void until(String... ends) throws Refusal {
        while (more() && !looksAny(ends)) {
            if (looks("(")) {
                group();
            } else {
                next();
            }
        }
    }

    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    /// What was written from the mark to the last lexeme taken, both included; empty if none was.
    String since(int mark) {
        return mark == at ? "" : text.substring(lexemes.get(mark).start(), end());
    }

    /// Offset behind the last lexeme taken.
    int end() {
        return at == 0 ? 0 : lexemes.get(at - 1).end();
    }

    /// Space and comments before the next lexeme.
    String gap() {
        return text.substring(end(), peek().start());
    }

    /// One cursor for each part between commas, from here to the end.
    List<Cursor> parts() throws Refusal {
        var parts = new ArrayList<Cursor>();
        do {
            int from = at;
            until(",");
            parts.add(new Cursor(text, lexemes.subList(from, at)));
        } while (take(","));
        return parts;
    }

    Refusal unexpected() {
        if (!more()) {
            return Objection.of("the statement ends too early", "complete it");
        }
        var word = peek().text().toUpperCase(Locale.ROOT);
        if (looks(":", ":")) {
            return Objection.of("SQLite has no :: to convert a value", "write CAST(… AS …), which PostgreSQL has too");
        }
        return Objection.unknown(word + " in this place");
    }

    /// @throws Refusal if something is left
    void finish() throws Refusal {
        if (more()) {
            throw unexpected();
        }
    }
}
