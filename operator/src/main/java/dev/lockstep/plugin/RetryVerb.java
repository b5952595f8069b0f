package dev.lockstep.plugin;

import dev.lockstep.observed.Words;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Another attempt.
@Command(description = "Another attempt now, of a run that has failed or whose pod does not start.")
final class RetryVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    RetryVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            var now = cli.world().clock().instant().truncatedTo(ChronoUnit.MILLIS);
            api.annotate(standing, Words.RETRY, now.toString());
            cli.world().out().println(Said.retried(standing));
            return 0;
        }
    }
}
