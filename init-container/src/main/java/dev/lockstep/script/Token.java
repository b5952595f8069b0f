package dev.lockstep.script;

/// The smallest piece of SQL that has a meaning. Comments and space are no tokens.
///
/// @param text a word in lower case, a quoted identifier without its quotes, a literal or symbol as written
/// @param line first line, from 1
public record Token(Type type, String text, int line) {

    /// Word: keyword or plain identifier. Name: a quoted identifier, never a keyword. Literal: string, number,
    /// dollar
    /// quoted body. Symbol: one character of punctuation.
    public enum Type {
        Word,
        Name,
        Literal,
        Symbol
    }

    /// Is this the keyword, and not a quoted name that reads alike?
    public boolean is(String word) {
        return (type == Type.Word || type == Type.Symbol) && text.equals(word);
    }
}
