package dev.lockstep.rebuild;

/// The smallest piece of SQLite's SQL, with its place in the text. Comments and space are none.
///
/// @param text as written, quotes included
/// @param start offset in the text
record Lexeme(Kind kind, String text, int start) {
    enum Kind {
        /// Keyword or plain identifier.
        Word,
        /// Identifier in quotes, backticks or brackets.
        Quoted,
        /// String; SQLite takes one for a name where only a name can stand.
        Text,
        Number,
        /// One character.
        Symbol,
        /// Nothing follows.
        End
    }

    int end() {
        return start + text.length();
    }

    /// Is this the keyword or symbol?
    boolean is(String word) {
        return (kind == Kind.Word || kind == Kind.Symbol) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.Word || kind == Kind.Quoted || kind == Kind.Text;
    }

    /// As a name, without quotes.
    String name() {
        if (kind == Kind.Word) {
            return text;
        }
        var quote = text.substring(0, 1);
        var inside = text.substring(1, Math.max(1, text.length() - 1));
        return quote.equals("[") ? inside : inside.replace(quote + quote, quote);
    }
}
