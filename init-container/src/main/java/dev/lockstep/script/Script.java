package dev.lockstep.script;

import java.util.List;
import java.util.Optional;

/// One file that a person wrote.
///
/// @param version empty for a repeatable
/// @param description spaces for underscores, as in Flyway's history
/// @param file path below the migrations folder, with `/`; Flyway's history has it in `script`
/// @param text decoded, without byte order mark
/// @param checksum Flyway's
/// @param conf the `.conf` file beside it, if there is one
/// @param statements what is to be run, with lines
public record Script(
        Kind kind,
        Optional<Version> version,
        String description,
        String file,
        String text,
        int checksum,
        Header header,
        Optional<String> conf,
        List<Statement> statements) {
    public Script {
        statements = List.copyOf(statements);
    }

    /// Does it end a transaction itself and go on?
    public boolean commitsMidway() {
        return statements.stream()
                .limit(Math.max(0, statements.size() - 1))
                .anyMatch(statement -> statement.begins("commit") || statement.begins("end"));
    }

    /// The version of a script that is known to have one.
    public Version number() {
        return version.orElseThrow();
    }
}
