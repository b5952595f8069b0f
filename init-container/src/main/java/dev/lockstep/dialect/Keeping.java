package dev.lockstep.dialect;

import dev.lockstep.dialect.Recipe.Column;
import dev.lockstep.dialect.Recipe.Replacement;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How one database keeps an old column and the new ones in step, whichever release writes.
sealed interface Keeping permits PostgresqlKeeping, SqliteKeeping {

    /// What lets code that knows the new columns alone write rows.
    String admit();

    /// Takes that back.
    String dismiss();

    String begin();

    String end();

    /// Brings back the old column's NOT NULL while its triggers are there.
    String restoreRule();

    /// Each new column in these words, with commas or the like between them.
    static String each(Replacement of, String between, Function<Column, String> words) {
        return of.columns().stream().map(words).collect(Collectors.joining(between));
    }

    /// A name as it is, anything else in parentheses.
    static String operand(String expression, Replacement of) {
        boolean name = expression.equals(of.old().sql())
                || of.columns().stream().anyMatch(column -> column.name().sql().equals(expression));
        return name ? expression : "(" + expression + ")";
    }
}
