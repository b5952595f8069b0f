package dev.lockstep.plugin;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes `spec.suspend`.
@Command(description = "Lets runs start again.")
final class ResumeVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    ResumeVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            api.patch(standing, Map.of("spec", Map.of("suspend", false)));
            cli.world().out().println(Said.resumed(standing));
            return 0;
        }
    }
}
