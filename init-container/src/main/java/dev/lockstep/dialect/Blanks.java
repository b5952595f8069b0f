package dev.lockstep.dialect;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `{name}` stands for in a text. All are filled in one pass, because a value is a person's SQL and
/// may have braces of its own.
record Blanks(Map<String, String> values) {
    private static final Pattern BLANK = Pattern.compile("\\{(\\w+)}");

    Blanks {
        values = Map.copyOf(values);
    }

    Blanks with(Map<String, String> more) {
        var all = new HashMap<>(values);
        all.putAll(more);
        return new Blanks(all);
    }

    /// @throws IllegalArgumentException if the text has a blank for which there is no value
    String fill(String text) {
        return BLANK.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for " + name);
        }
        return value;
    }
}
