package dev.lockstep.rebuild;

import java.util.List;
import java.util.Set;

/// How SQLite compares and quotes names.
public final class Names {
    /// Keywords that are no column's name without quotes, and may stand in an expression.
    /// Source: SQLite's `parse.y`: what is not in its list `fallback ID`.
    private static final Set<String> RESERVED = Set.of(
            "all",
            "and",
            "as",
            "between",
            "case",
            "check",
            "collate",
            "distinct",
            "else",
            "escape",
            "exists",
            "from",
            "in",
            "is",
            "isnull",
            "not",
            "notnull",
            "null",
            "on",
            "or",
            "select",
            "then",
            "when",
            "where");

    private Names() {}

    /// Equal for SQLite: it ignores the case of ASCII letters alone.
    public static boolean same(String a, String b) {
        return fold(a).equals(fold(b));
    }

    static boolean in(List<String> names, String name) {
        return names.stream().anyMatch(other -> same(other, name));
    }

    /// Lower case as SQLite sees it.
    public static String fold(String name) {
        var folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return folded.toString();
    }

    /// In double quotes.
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// Does a constraint or an index name this column, from its first parenthesis on? A keyword, a function, a
    /// collation
    /// or a type in a CAST that is called alike does not count.
    static boolean mentions(String sql, String column) {
        var lexemes =
                Lexemes.of(sql).stream().dropWhile(lexeme -> !lexeme.is("(")).toList();
        for (int i = 0; i < lexemes.size(); i++) {
            if (isColumn(lexemes.get(i)) && same(lexemes.get(i).name(), column) && !isOther(lexemes, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isColumn(Lexeme lexeme) {
        return lexeme.kind() == Lexeme.Kind.Quoted
                || lexeme.kind() == Lexeme.Kind.Word && !RESERVED.contains(fold(lexeme.text()));
    }

    /// Does the SQL write this table's name before a dot?
    public static boolean qualifies(String sql, String table) {
        var lexemes = Lexemes.of(sql);
        for (int i = 1; i < lexemes.size(); i++) {
            var before = lexemes.get(i - 1);
            if (lexemes.get(i).is(".") && before.isName() && same(before.name(), table)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOther(List<Lexeme> lexemes, int i) {
        boolean call = i + 1 < lexemes.size() && lexemes.get(i + 1).is("(");
        var before = i > 0 ? lexemes.get(i - 1).text() : "";
        boolean word = lexemes.get(i).kind() == Lexeme.Kind.Word;
        return call && word || Set.of("collate", "as").contains(fold(before));
    }
}
