package dev.lockstep.plugin;

import dev.lockstep.observed.Words;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Whose database it is.
@Command(
        description =
                "Makes the database this resource's, though it is another's (TargetConflict). Delete the other one"
                        + " first, or two undo each other's work.")
final class TakeOverVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    TakeOverVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            var now = cli.world().clock().instant().truncatedTo(ChronoUnit.MILLIS);
            api.annotate(standing, Words.TAKE_OVER, now.toString());
            cli.world().out().println(Said.takenOver(standing));
            return 0;
        }
    }
}
