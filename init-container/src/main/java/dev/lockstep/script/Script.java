package dev.lockstep.script;

import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.util.List;
import java.util.Optional;

/// One file that a person wrote.
///
/// @param version empty for a repeatable
/// @param description spaces for underscores, as in Flyway's history
/// @param file path below the migrations folder, with `/`; Flyway's history has it in `script`
/// @param text decoded, without byte order mark, placeholders replaced
/// @param checksum Flyway's: of a repeatable after the placeholders are replaced, else before
/// @param conf what Flyway is told of the `.conf` file beside it, if that says something
/// @param mixed statements that need a transaction may stand beside statements that bear none
/// @param flaw why it cannot be run; as long as nobody wants to run it, that does not matter
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
        boolean mixed,
        Optional<Failure> flaw,
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

    /// @throws Refusal why it cannot be run
    public void refuseFlawed() throws Refusal {
        if (flaw.isPresent()) {
            throw new Refusal(flaw.get());
        }
    }

    /// The version of a script that is known to have one.
    public Version number() {
        return version.orElseThrow();
    }
}
