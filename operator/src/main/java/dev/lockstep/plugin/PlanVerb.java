package dev.lockstep.plugin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What waits.
@Command(description = "The steps that wait: what they lose or break, the hash to agree to, and the command for it.")
final class PlanVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    PlanVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            Plans.lines(api.read(name), cli.world().paint()).forEach(cli.world().out()::println);
            return 0;
        }
    }
}
