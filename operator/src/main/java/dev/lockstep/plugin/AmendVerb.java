package dev.lockstep.plugin;

import dev.lockstep.observed.Words;
import dev.lockstep.resource.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is no run: one person asks for it, and another agrees.
abstract sealed class AmendVerb implements Cli.Verb {
    /// The operator answers in well under a second, unless it restarts.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);

    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    private AmendVerb(Cli cli) {
        this.cli = cli;
    }

    abstract String words() throws Refused;

    @Override
    public final Integer call() throws Refused {
        var words = words();
        try (var api = cli.api()) {
            var standing = api.read(name);
            var before = standing.waitingAmendment()
                    .filter(it -> Grammar.meaning(Standing.text(it.words())).equals(words));
            var asked = before.isPresent() ? before : ask(api, standing, words);
            Amending.lines(standing, words, asked).forEach(cli.world().out()::println);
            return 0;
        }
    }

    private Optional<Status.Amendment> ask(Api api, Standing standing, String words) throws Refused {
        var wish = Grammar.asWish(words, cli.world().clock().instant());
        api.annotate(standing, Words.AMEND, wish);
        return api.await(standing, it -> answer(it, wish).isPresent(), ANSWER_MAX)
                .flatMap(it -> answer(it, wish));
    }

    private static Optional<Status.Amendment> answer(Standing standing, String wish) {
        return standing.waitingAmendment().filter(it -> wish.equals(it.words()));
    }

    @Command(description = "Removes rows of failed scripts from the history, and takes the scripts' checksums over.")
    static final class Repair extends AmendVerb {
        @Option(names = "--done", paramLabel = "REV", description = "A script whose end is unknown did come to it.")
        private List<String> done = List.of();

        @Option(
                names = "--undone",
                paramLabel = "REV",
                description = "A script whose end is unknown did not, and what it did is undone.")
        private List<String> undone = List.of();

        Repair(Cli cli) {
            super(cli);
        }

        @Override
        String words() throws Refused {
            return Grammar.repair(done, undone);
        }
    }

    @Command(description = "Lets the database count as being at a revision, without running a script.")
    static final class Stamp extends AmendVerb {
        @Parameters(index = "1", paramLabel = "REV", description = "Up to here.")
        private String target = "";

        Stamp(Cli cli) {
            super(cli);
        }

        @Override
        String words() throws Refused {
            return Grammar.stamp(target);
        }
    }

    @Command(description = "Begins the history of a database that others made.")
    static final class Baseline extends AmendVerb {
        @Parameters(index = "1", paramLabel = "REV", description = "The revision that its tables correspond to.")
        private String revision = "";

        Baseline(Cli cli) {
            super(cli);
        }

        @Override
        String words() throws Refused {
            return Grammar.baseline(revision);
        }
    }

    @Command(description = "Brings a backup into a database, or a SQLite file, that is made beside the migrated one.")
    static final class Restore extends AmendVerb {
        @Parameters(index = "1", paramLabel = "BACKUP", description = "As kubectl lockstep backups lists it.")
        private String backup = "";

        @Parameters(index = "2", paramLabel = "DATABASE", description = "Its name; there must be none of that name.")
        private String database = "";

        Restore(Cli cli) {
            super(cli);
        }

        @Override
        String words() throws Refused {
            return Grammar.restore(backup, database);
        }
    }

    @Command(description = "Lets a schema that has drifted count as it is.")
    static final class Accept extends AmendVerb {
        Accept(Cli cli) {
            super(cli);
        }

        @Override
        String words() {
            return "accept";
        }
    }
}
