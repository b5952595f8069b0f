package dev.lockstep.script;

import java.util.List;

/// Statements out of text that is no script of its own.
public final class Statements {
    private Statements() {}

    /// What a string or a dollar quoted body would be as SQL; a literal without quotes has none.
    public static List<Statement> inside(Token literal) {
        var text = literal.text().replaceFirst("^[eE](?=')", "");
        int open = text.startsWith("$") ? text.indexOf('$', 1) + 1 : text.startsWith("'") ? 1 : 0;
        if (open == 0 || text.length() < 2 * open) {
            return List.of();
        }
        return Lexer.statements(text.substring(open, text.length() - open));
    }

    public static List<Statement> of(String sql) {
        return Lexer.statements(sql);
    }
}
