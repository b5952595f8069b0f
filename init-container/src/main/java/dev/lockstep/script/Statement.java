package dev.lockstep.script;

import java.util.List;

/// One SQL statement: at least one token, the last is not its semicolon.
public record Statement(List<Token> tokens) {
    public Statement {
        tokens = List.copyOf(tokens);
    }

    /// Where it begins, from 1.
    public int line() {
        return tokens.getFirst().line();
    }

    /// Do its first tokens read like this?
    public boolean begins(String... words) {
        return hasAt(0, words);
    }

    /// Do the tokens from `index` on read like this?
    public boolean hasAt(int index, String... words) {
        if (index + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /// Do these tokens stand side by side anywhere?
    public boolean has(String... words) {
        for (int i = 0; i <= tokens.size() - words.length; i++) {
            if (hasAt(i, words)) {
                return true;
            }
        }
        return false;
    }
}
