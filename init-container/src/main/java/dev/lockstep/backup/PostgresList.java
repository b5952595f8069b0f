package dev.lockstep.backup;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `pg_restore --list` says of a dump.
final class PostgresList {
    /// Of no schema and, as pg_dump does not say whose it is, of no owner.
    private static final Pattern EXTENSION = Pattern.compile("\\d+; 3079 \\d+ EXTENSION - (.*\\S) *");

    private PostgresList() {}

    static List<String> extensions(List<String> list) {
        return list.stream()
                .map(EXTENSION::matcher)
                .flatMap(line -> line.matches() ? Stream.of(line.group(1)) : Stream.empty())
                .toList();
    }

    /// The lines for `pg_restore --use-list`.
    static List<String> withoutForeignKeys(List<String> list) {
        return list.stream()
                .filter(line -> !line.matches("\\d+; \\d+ \\d+ FK CONSTRAINT .*"))
                .toList();
    }
}
