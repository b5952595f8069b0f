package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Admission;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The gate: an init-container that ends when the pod's schema is there.
@Command(description = "Wait until the revision that this pod needs is in the database.")
final class Await implements Cli.Verb {
    /// Never more than one question a second from one pod, and open within 1.5 s of the commit with what it takes to
    /// ask.
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration JITTER = Duration.ofMillis(400);
    private static final Duration REMIND = Duration.ofSeconds(30);

    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(
            names = "--revision",
            paramLabel = "REV",
            defaultValue = "${env:LOCKSTEP_REVISION}",
            description = "Version or alias that the pod needs. Env: LOCKSTEP_REVISION")
    private Optional<String> revision = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "${env:LOCKSTEP_TIMEOUT}",
            description = "Give up after this long with exit 9; default never. Env: LOCKSTEP_TIMEOUT")
    private Optional<String> timeout = Optional.empty();

    private static final Set<Code> ENDS = Set.of(Code.PastContract, Code.MigrationFailed);

    /// Where waves order things, as a release of several charts or Argo CD's, it is told what has to be in which.
    private static final String FIRST = "; its migration comes first: in waves, in this pod's or in an earlier one";

    @Option(
            names = "--fail-fast",
            description = "End with exit 11 when the newest run has failed and somebody has to mend something.")
    private boolean failFast;

    private record Shown(String revision, boolean there) {}

    /// @param told with what is of use to somebody who has only the pod's log
    private record Why(String text, String told) {}

    private String told = "";
    private long toldNanos;

    Await(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var wanted = revision.filter(word -> !word.isBlank());
        if (wanted.isEmpty()) {
            throw new Refusal(
                    Code.Usage, "--revision", "no revision is named", "write --revision REV or set LOCKSTEP_REVISION");
        }
        var limit = timeout.isPresent()
                ? Optional.of(Limits.duration("--timeout", timeout.get()))
                : Optional.<Duration>empty();
        return await(place.dialect(), wanted.get(), limit);
    }

    private int await(Dialect dialect, String wanted, Optional<Duration> limit) throws Refusal {
        long start = System.nanoTime();
        while (true) {
            var reason = reason(dialect, wanted);
            if (reason.isEmpty()) {
                tell("revision " + wanted + " is there");
                if (cli.output() == Output.json) {
                    cli.world().out().println(Json.write(new Shown(wanted, true)));
                }
                return 0;
            }
            tell("waiting: " + reason.get().told());
            if (limit.filter(most -> System.nanoTime() - start >= most.toNanos())
                    .isPresent()) {
                var remedy = "look at the SchemaMigration's status, or run lockstep upgrade";
                throw new Refusal(new Failure(
                        Code.Behind, dialect.address().shown(), reason.get().text(), remedy));
            }
            if (cli.world().stop().asked().isPresent()) {
                return Code.Terminated.exit();
            }
            LockSupport.parkNanos(LEAST.toNanos() + cli.world().random().nextLong(JITTER.toNanos()));
        }
    }

    /// A database that cannot be asked is waited for like one that is behind.
    private Optional<Why> reason(Dialect dialect, String wanted) throws Refusal {
        var where = " (" + dialect.address().shown() + ")" + FIRST;
        try {
            var delay = Admission.refused(dialect, wanted);
            var failed = delay.flatMap(Admission.Delay::failed);
            if (failFast && failed.isPresent()) throw failed(wanted, failed.get());
            return delay.map(Admission.Delay::why)
                    .map(why -> new Why(
                            why,
                            failed.map(it -> why + "; the newest run has failed: " + it)
                                            .orElse(why)
                                    + where));
        } catch (Refusal refusal) {
            if (ENDS.contains(refusal.failure().code())) {
                Termination.write(
                        cli.world(),
                        refusal.failure().code() + ": " + refusal.failure().line());
                throw refusal;
            }
            var line = refusal.failure().code() + ": " + refusal.failure().line();
            return Optional.of(new Why(line, line));
        }
    }

    private static Refusal failed(String wanted, String how) {
        return new Refusal(
                Code.MigrationFailed,
                "revision " + wanted,
                "is not there, and the newest run has failed: " + how,
                "mend that, then start this pod again; or deploy a release that needs what is there");
    }

    /// New words at once, the same words now and then.
    private void tell(String words) {
        if (words.equals(told) && System.nanoTime() - toldNanos < REMIND.toNanos()) {
            return;
        }
        told = words;
        toldNanos = System.nanoTime();
        cli.screen().out().println(words);
        Termination.write(cli.world(), words);
    }
}
