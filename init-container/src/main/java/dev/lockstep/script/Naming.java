package dev.lockstep.script;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How a project names its files, and what a name means then. Prefixes are taken as written, suffixes in any case.
/// Source: flyway-core 13.12.0, `ResourceNameParser`; held by tests beside Flyway's own API.
///
/// @param versioned prefix of scripts that run once; may be empty
/// @param separator stands between version and description
/// @param suffixes at least one; the first that fits counts
public record Naming(
        String versioned, String undo, String repeatable, String baseline, String separator, List<String> suffixes) {
    /// What Flyway does if nobody says otherwise.
    public static final Naming FLYWAY = new Naming("V", "U", "R", "B", "__", List.of(".sql"));

    public Naming {
        suffixes = List.copyOf(suffixes);
    }

    /// Does the file's name end as a script's or as that of a script's `.conf`?
    public boolean concerns(String file) {
        return suffix(file).isPresent()
                || file.endsWith(".conf")
                        && suffix(file.substring(0, file.length() - ".conf".length()))
                                .isPresent();
    }

    /// The ending of a script's name, as it is written there.
    Optional<String> suffix(String file) {
        var name = file.toUpperCase(Locale.ROOT);
        return suffixes.stream()
                .filter(suffix -> name.endsWith(suffix.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private record Prefix(String text, Optional<Kind> kind) {}

    private static final List<Prefix> CALLBACKS = Moment.NAMES.stream()
            .map(name -> new Prefix(name, Optional.empty()))
            .toList();

    /// Of two prefixes that both fit, the longer one counts.
    private Optional<Prefix> prefix(String bare) {
        var scripts = Stream.of(
                new Prefix(versioned, Optional.of(Kind.VERSIONED)),
                new Prefix(repeatable, Optional.of(Kind.REPEATABLE)),
                new Prefix(baseline, Optional.of(Kind.BASELINE)),
                new Prefix(undo, Optional.of(Kind.UNDO)));
        return Stream.concat(scripts, CALLBACKS.stream())
                .filter(prefix -> bare.startsWith(prefix.text()))
                .max(Comparator.comparingInt(prefix -> prefix.text().length()));
    }

    /// How a script is named, for messages.
    String shape() {
        var rest = separator + "<description>" + suffixes.getFirst();
        return versioned + "<version>" + rest + ", nor one with " + baseline + " or " + undo + ", nor " + repeatable
                + rest;
    }

    /// @param file without folders, with a script's suffix
    Name name(String file) {
        var bare = file.substring(0, file.length() - suffix(file).orElse("").length());
        return prefix(bare).map(prefix -> name(bare, prefix)).orElse(new Name.Nobodys(false));
    }

    private Name name(String bare, Prefix prefix) {
        var rest = bare.substring(prefix.text().length());
        int at = rest.indexOf(separator);
        var before = at < 0 ? rest : rest.substring(0, at);
        var description = at < 0 ? "" : rest.substring(at + separator.length()).replace('_', ' ');
        if (prefix.kind().isEmpty()) {
            return before.isEmpty() ? new Name.OfCallback(prefix.text(), description) : new Name.Nobodys(false);
        }
        var kind = prefix.kind().get();
        if (kind == Kind.REPEATABLE) {
            return before.isEmpty()
                    ? new Name.OfScript(kind, Optional.empty(), description)
                    : new Name.Nobodys(before.startsWith("_"));
        }
        return Version.parse(before)
                .<Name>map(version -> new Name.OfScript(kind, Optional.of(version), description))
                .orElseGet(() -> new Name.Nobodys(meant(prefix, rest)));
    }

    /// A person who begins like that meant a script; without a prefix only a number says so.
    private static boolean meant(Prefix prefix, String rest) {
        return !rest.isEmpty()
                && (Character.isDigit(rest.charAt(0)) || !prefix.text().isEmpty() && rest.charAt(0) == '_');
    }
}
