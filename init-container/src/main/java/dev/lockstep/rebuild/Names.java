package dev.lockstep.rebuild;

import java.util.List;
import java.util.Set;

/// How SQLite compares and quotes names.
public final class Names {
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

    /// Does the SQL name this column? A function, a collation or a type in a CAST that is called alike does not count.
    public static boolean mentions(String sql, String column) {
        var lexemes = Lexemes.of(sql);
        for (int i = 0; i < lexemes.size(); i++) {
            var lexeme = lexemes.get(i);
            boolean name = lexeme.kind() == Lexeme.Kind.Word || lexeme.kind() == Lexeme.Kind.Quoted;
            if (name && same(lexeme.name(), column) && !isOther(lexemes, i)) {
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
