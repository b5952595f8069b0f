package dev.lockstep.runner;

import dev.lockstep.backup.Terms;
import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Rehearsal;
import dev.lockstep.engine.Settings;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tries the scripts before a database that matters sees them.
@Command(
        name = "test",
        description = "Run every revision up, down and up again on a database made for it, and compare the schemas."
                + " The named database is not touched; on PostgreSQL its role needs CREATEDB.")
final class Rehearse implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Tools tools = new Tools();

    Rehearse(Cli cli) {
        this.cli = cli;
    }

    private record Shown(String revision, String description, String result) {}

    private record Summary(int findings, List<Shown> revisions, List<Failure> failures) {}

    /// Tells as it goes, and remembers for JSON.
    private final class Telling implements Rehearsal.Listener {
        private final List<Shown> revisions = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();

        @Override
        public void passed(Revision revision) {
            tell(revision, "up, down, up");
        }

        @Override
        public void oneWay(Revision revision) {
            tell(revision, "up; it has no down script");
        }

        private void tell(Revision revision, String result) {
            revisions.add(new Shown(revision.title(), revision.up().description(), result));
            cli.screen()
                    .out()
                    .println("ok     " + revision.title() + " " + revision.up().description() + ": " + result);
        }

        @Override
        public void failed(Failure failure) {
            failures.add(failure);
            cli.screen().fail(failure);
        }
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var telling = new Telling();
        int findings = rehearse(dialect, graph, telling);
        if (cli.output() == Output.json) {
            cli.world().out().println(Json.write(new Summary(findings, telling.revisions, telling.failures)));
        } else {
            cli.world().out().println(findings == 0 ? "all revisions passed" : findings + " findings");
        }
        return findings == 0 ? 0 : Code.NotReversible.exit();
    }

    private int rehearse(Dialect dialect, Graph graph, Telling telling) throws Refusal {
        var policy = new Policy(true, Policy.Asks.never, Optional.empty(), "");
        var saving = new Settings.Saving(
                Path.of("backups"), 1, tools.folder(), Terms.USUAL); // nothing is saved; it carries the tools
        var settings = Limits.with("test", Goal.up("heads"), policy, Patience.BUDGET, Optional.of(saving));
        var around = cli.world().surroundings(event -> {});
        var name = "lockstep_test_%08x".formatted(cli.world().random().nextInt());
        return switch (dialect.address()) {
            case Address.Postgresql server -> Rehearsal.run(dialect, name, graph, settings, around, telling);
            case Address.Sqlite file -> {
                var folder = scratch();
                try {
                    yield Rehearsal.run(Rehearsal.in(folder), name, graph, settings, around, telling);
                } finally {
                    remove(folder);
                }
            }
        };
    }

    private static Path scratch() throws Refusal {
        try {
            return Files.createTempDirectory("lockstep-test-");
        } catch (IOException e) {
            throw new Refusal(Code.Preflight, "temporary folder", "cannot be made", "check its space and permissions");
        }
    }

    private void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            cli.world().err().println("warning: " + folder + " is left behind");
        }
    }
}
