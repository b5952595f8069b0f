package dev.lockstep.script;

import java.util.List;

/// Knows whether a semicolon lies inside a statement: in parentheses, in an SQL-standard function body (`BEGIN
/// ATOMIC …
/// END`)
/// or in the body of a SQLite trigger. `CASE … END` inside such a body is counted too.
final class Nesting {
    private int parentheses;
    private int blocks;
    private boolean routine;

    /// Looks at the newest token of the statement so far.
    void see(List<Token> tokens) {
        var token = tokens.getLast();
        parentheses = Math.max(0, parentheses + (token.is("(") ? 1 : token.is(")") ? -1 : 0));
        if (token.type() != Token.Type.Word) {
            return;
        }
        routine |= tokens.getFirst().is("create")
                && (token.is("function") || token.is("procedure") || token.is("trigger"));
        if (opens(tokens)) {
            blocks++;
        } else if (token.is("end") && blocks > 0) {
            blocks--;
        }
    }

    private boolean opens(List<Token> tokens) {
        var token = tokens.getLast();
        boolean atomic = token.is("atomic")
                && tokens.size() > 1
                && tokens.get(tokens.size() - 2).is("begin");
        boolean trigger = token.is("begin") && tokens.stream().limit(6).anyMatch(t -> t.is("trigger"));
        return routine && (atomic || trigger || blocks > 0 && token.is("case"));
    }

    boolean open() {
        return parentheses > 0 || blocks > 0;
    }

    void clear() {
        parentheses = 0;
        blocks = 0;
        routine = false;
    }
}
