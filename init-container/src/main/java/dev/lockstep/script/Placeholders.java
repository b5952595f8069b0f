package dev.lockstep.script;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What stands for what in scripts. A value is not looked into again.
/// Source: flyway-core 13.12.0, `PlaceholderReplacingReader`; held by tests beside Flyway's own API.
///
/// @param values name → value; names in any case
/// @param prefix opens a placeholder, as `${`
/// @param suffix closes it, as `}`
/// @param separator stands in the names of Flyway's own, as in `flyway:table`
/// @param replacing false: scripts are taken as they are written
public record Placeholders(
        Map<String, String> values, String prefix, String suffix, String separator, boolean replacing) {
    /// Flyway's markers and no values.
    public static final Placeholders NONE = new Placeholders(Map.of(), "${", "}", ":", true);

    public Placeholders {
        var any = new HashMap<String, String>();
        values.forEach((name, value) -> any.put(folded(name), value));
        values = Map.copyOf(any);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The same with more values, which win.
    public Placeholders with(Map<String, String> more) {
        var all = new HashMap<>(values);
        more.forEach((name, value) -> all.put(folded(name), value));
        return new Placeholders(all, prefix, suffix, separator, replacing);
    }

    /// The name of one of Flyway's own.
    public String builtIn(String name) {
        return "flyway" + separator + name;
    }

    /// @param replacing false: the other scripts' placeholders are replaced, not this one's
    Placeholders only(boolean replacing) {
        return new Placeholders(values, prefix, suffix, separator, replacing);
    }

    /// A text with its placeholders replaced.
    ///
    /// @param unknown the first placeholder without a value; from there on the text is as it was written
    record Filled(String text, Optional<Unknown> unknown) {}

    /// @param line from 1
    record Unknown(String placeholder, int line) {}

    Filled fill(String text) {
        return replacing ? new Filling(text).run() : new Filled(text, Optional.empty());
    }

    /// One text at work.
    private final class Filling {
        private final String text;
        private final StringBuilder filled = new StringBuilder();
        private int at;

        Filling(String text) {
            this.text = text;
        }

        Filled run() {
            while (at < text.length()) {
                int matched = matched();
                if (matched < prefix.length() || !text.startsWith(prefix, at)) {
                    filled.append(text, at, at + matched);
                    at += matched;
                } else if (!replace()) {
                    return unknown();
                }
            }
            return new Filled(filled.toString(), Optional.empty());
        }

        /// As many characters as Flyway takes at once: those that begin like the prefix, and the one that differs. What
        /// it has taken it does not look at again, so the placeholder in `$${name}` is none.
        private int matched() {
            int length = 1;
            while (length < prefix.length()
                    && at + length < text.length()
                    && text.startsWith(prefix.substring(0, length), at)) {
                length++;
            }
            return length;
        }

        private boolean replace() {
            int from = at + prefix.length();
            int to = text.indexOf(suffix, from);
            var value = Optional.ofNullable(to < 0 ? null : values.get(folded(text.substring(from, to))));
            value.ifPresent(known -> {
                filled.append(known);
                at = to + suffix.length();
            });
            return value.isPresent();
        }

        private Filled unknown() {
            int to = text.indexOf(suffix, at + prefix.length());
            var placeholder = to < 0 ? prefix : text.substring(at, to + suffix.length());
            int line = 1
                    + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
            return new Filled(filled + text.substring(at), Optional.of(new Unknown(placeholder, line)));
        }
    }
}
