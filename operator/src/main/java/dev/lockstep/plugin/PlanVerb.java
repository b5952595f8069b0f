package dev.lockstep.plugin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What waits.
@Command(description = "The steps that wait: what they lose or break, the hash to agree to, and the command for it.")
final class PlanVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    @Option(
            names = "--sql",
            description = "With the scripts of these steps, as the run that told of them has read them.")
    private boolean sql;

    PlanVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            Plans.lines(standing, cli.world().paint()).forEach(cli.world().out()::println);
            if (sql) Texts.lines(api, standing).forEach(cli.world().out()::println);
            return 0;
        }
    }
}
