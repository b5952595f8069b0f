package dev.lockstep.script;

import java.util.Optional;
import java.util.regex.Pattern;

/// A file name after Flyway's fashion.
///
/// @param version empty for a repeatable
/// @param description as Flyway records it: underscores are spaces
record Name(Kind kind, Optional<Version> version, String description) {
    private static final Pattern VERSIONED =
            Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)(?:__(.*))?\\.sql", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern REPEATABLE =
            Pattern.compile("R__(.*)\\.sql", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern MEANT = Pattern.compile("([VU]\\d|R_).*\\.sql|V_.*\\.sql", Pattern.DOTALL);

    /// Flyway sees prefixes in capitals only, suffixes in any case.
    static Optional<Name> parse(String file) {
        var versioned = VERSIONED.matcher(file);
        if (versioned.matches() && Character.isUpperCase(file.charAt(0))) {
            var kind = file.charAt(0) == 'V' ? Kind.VERSIONED : Kind.UNDO;
            var description = Optional.ofNullable(versioned.group(3)).orElse("");
            return Optional.of(new Name(kind, Optional.of(new Version(versioned.group(2))), spaced(description)));
        }
        var repeatable = REPEATABLE.matcher(file);
        if (repeatable.matches() && file.charAt(0) == 'R') {
            return Optional.of(new Name(Kind.REPEATABLE, Optional.empty(), spaced(repeatable.group(1))));
        }
        return Optional.empty();
    }

    /// A name that somebody meant to be a script but Flyway would pass over in silence.
    static boolean meant(String file) {
        return MEANT.matcher(file).matches();
    }

    private static String spaced(String description) {
        return description.replace('_', ' ');
    }
}
