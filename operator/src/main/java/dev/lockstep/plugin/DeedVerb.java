package dev.lockstep.plugin;

import dev.lockstep.observed.Words;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// One change of a resource that needs nobody's yes.
abstract sealed class DeedVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    private DeedVerb(Cli cli) {
        this.cli = cli;
    }

    /// @return what is said of it
    abstract String done(Api api, Standing standing) throws Refused;

    @Override
    public final Integer call() throws Refused {
        try (var api = cli.api()) {
            cli.world().out().println(done(api, api.read(name)));
            return 0;
        }
    }

    /// Any value that was not there before asks once more.
    final String another() {
        return cli.world().clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static void suspend(Api api, Standing standing, boolean suspended) throws Refused {
        api.patch(standing, Map.of("spec", Map.of("suspend", suspended)));
    }

    @Command(description = "Another attempt now, of a run that has failed or whose pod does not start.")
    static final class Retry extends DeedVerb {
        Retry(Cli cli) {
            super(cli);
        }

        @Override
        String done(Api api, Standing standing) throws Refused {
            api.annotate(standing, Words.RETRY, another());
            return Said.retried(standing);
        }
    }

    @Command(
            description =
                    "Makes the database this resource's, though it is another's (TargetConflict). Delete the other one"
                            + " first, or two undo each other's work.")
    static final class TakeOver extends DeedVerb {
        TakeOver(Cli cli) {
            super(cli);
        }

        @Override
        String done(Api api, Standing standing) throws Refused {
            api.annotate(standing, Words.TAKE_OVER, another());
            return Said.takenOver(standing);
        }
    }

    @Command(description = "Starts no new run, until it is resumed. A run at work is not stopped.")
    static final class Suspend extends DeedVerb {
        Suspend(Cli cli) {
            super(cli);
        }

        @Override
        String done(Api api, Standing standing) throws Refused {
            suspend(api, standing, true);
            return Said.suspended(standing);
        }
    }

    @Command(description = "Lets runs start again.")
    static final class Resume extends DeedVerb {
        Resume(Cli cli) {
            super(cli);
        }

        @Override
        String done(Api api, Standing standing) throws Refused {
            suspend(api, standing, false);
            return Said.resumed(standing);
        }
    }
}
