package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Values behind DEFAULT.
/// Source: SQLite documentation, CREATE TABLE, "The DEFAULT clause": a literal, a signed number, or an expression in
/// parentheses.
final class Defaults {
    private static final Set<String> CONSTANTS = Set.of("null", "true", "false");
    private static final Set<String> CLOCKS = Set.of("current_time", "current_date", "current_timestamp");

    private Defaults() {}

    /// The value as SQLite takes it: what is more than one piece gets parentheses.
    static String value(String expression) throws Refusal {
        var cursor = Cursor.of(expression);
        if (cursor.looks("(")) {
            cursor.group();
            return cursor.more() ? "(" + expression + ")" : expression;
        }
        return isConstant(expression) || isClock(expression) ? expression : "(" + expression + ")";
    }

    static Member.Column wrapped(Member.Column column) throws Refusal {
        var wrapped = column;
        for (var clause : column.clauses()) {
            if (clause.is(Kind.Default)) {
                var word = Cursor.of(clause.text());
                word.until("default");
                word.next();
                var written = clause.text().substring(word.end()).strip();
                var text = clause.text().substring(0, word.end()) + " " + value(written);
                wrapped = wrapped.replacing(clause.withText(text));
            }
        }
        return wrapped;
    }

    /// Is the value of a new column the same for every row that is there?
    static boolean isConstant(Clause clause) {
        var lexemes = Lexemes.of(clause.text());
        int at = 0;
        while (at < lexemes.size() && !lexemes.get(at).is("default")) {
            at++;
        }
        return isConstant(lexemes.subList(Math.min(at + 1, lexemes.size()), lexemes.size()));
    }

    static boolean isNull(Clause clause) {
        return clause.says("null");
    }

    private static boolean isConstant(String expression) {
        return isConstant(Lexemes.of(expression));
    }

    private static boolean isConstant(List<Lexeme> value) {
        boolean signed = value.size() == 2
                && (value.getFirst().is("-") || value.getFirst().is("+"));
        return signed && value.getLast().kind() == Lexeme.Kind.Number
                || value.size() == 1 && isLiteral(value.getFirst());
    }

    private static boolean isLiteral(Lexeme lexeme) {
        return switch (lexeme.kind()) {
            case Number, Text -> true;
            case Word -> CONSTANTS.contains(lexeme.text().toLowerCase(Locale.ROOT));
            case Quoted, Symbol, End -> false;
        };
    }

    private static boolean isClock(String expression) {
        return CLOCKS.contains(expression.toLowerCase(Locale.ROOT));
    }
}
