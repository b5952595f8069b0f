package dev.lockstep.plugin;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes `spec.suspend`.
@Command(description = "Starts no new run, until it is resumed. A run at work is not stopped.")
final class SuspendVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    SuspendVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            api.patch(standing, Map.of("spec", Map.of("suspend", true)));
            cli.world().out().println(Said.suspended(standing));
            return 0;
        }
    }
}
