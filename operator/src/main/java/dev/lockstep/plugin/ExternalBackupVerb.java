package dev.lockstep.plugin;

import dev.lockstep.observed.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// A backup that somebody else has taken.
@Command(description = "Names a backup that has been finished since the run asked for one (BackupNeeded); it goes on.")
final class ExternalBackupVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "BACKUP", description = "As whoever took it calls it, without blanks.")
    private String backup = "";

    ExternalBackupVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        Grammar.refuseNoExternalName(backup);
        try (var api = cli.api()) {
            var standing = api.read(name);
            Grammar.refuseUnaskedBackup(standing, backup);
            api.annotate(standing, Words.EXTERNAL, backup);
            cli.world().out().println(Said.named(standing, backup));
            return 0;
        }
    }
}
