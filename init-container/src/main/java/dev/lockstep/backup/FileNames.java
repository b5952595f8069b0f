package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// What the backups of one database are called: `<database>.<schema>.<address hash>-<revision>.r<rank>-<time>.dump`
/// (`.db` for SQLite); one with rows of some tables only has `.touched` before the time.
record FileNames(Address address) {
    static final String TOUCHED = ".touched";
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern RANK = Pattern.compile("\\.r(\\d{1,9})(\\.touched)?-[^-]*$");

    static String of(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// Has it rows of some tables only?
    static boolean isNarrow(Path path) {
        var rank = RANK.matcher(of(path));
        return rank.find() && rank.group(2) != null;
    }

    /// All but the time: the same for backups of one head.
    static String head(Path path) {
        return of(path).substring(0, of(path).lastIndexOf('-'));
    }

    static Instant time(Path path) {
        var name = of(path);
        int dash = name.lastIndexOf('-');
        try {
            return Instant.from(TIME.parse(name.substring(dash + 1, name.lastIndexOf('.'))));
        } catch (DateTimeParseException notOurs) {
            return Instant.EPOCH;
        }
    }

    String revision(Path path) {
        var rest = of(path).substring(identity().length() + 1);
        var revision = RANK.matcher(rest).replaceFirst("");
        return revision.equals("base") ? "" : revision;
    }

    String prefix(Backups.Head head) {
        return identity() + "-" + head.words() + "-";
    }

    /// The hash tells apart what reads alike: `a-b` and `a_b`.
    String identity() {
        return switch (address) {
            case Address.Postgresql p -> {
                var exact = p.host() + ":" + p.port() + "/" + p.database() + "?" + p.schema();
                yield safe(p.database()) + "." + safe(p.schema()) + "." + Integer.toHexString(exact.hashCode());
            }
            case Address.Sqlite sqlite -> {
                var exact = sqlite.file().toAbsolutePath().normalize();
                yield safe(of(sqlite.file())) + "." + Integer.toHexString(exact.hashCode());
            }
        };
    }

    String suffix() {
        return switch (address) {
            case Address.Postgresql postgresql -> ".dump";
            case Address.Sqlite sqlite -> ".db";
        };
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9_.]", "_");
    }
}
