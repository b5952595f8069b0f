package dev.lockstep.runner;

import dev.lockstep.backup.Backup;
import dev.lockstep.engine.Depot;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Backups by hand.
@Command(description = "Take, list, verify or restore backups. --backup names their folder, default backups.")
final class BackupVerb implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Patience patience = new Patience();

    @Mixin
    private final Saves saves = new Saves();

    @Parameters(index = "0", paramLabel = "WHAT", description = "list, take, verify NAME or restore NAME.")
    private What what = What.list;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "A backup's name, as list shows it.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--replace",
            description = "With restore: what is in the database goes, once it is saved; everything is restored or"
                    + " nothing is changed. With --backup never nothing is saved, and NAME is a path.")
    private boolean replaces;

    private enum What {
        list,
        take,
        verify,
        restore
    }

    BackupVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var policy = new Policy(true, Policy.Asks.never, Optional.empty(), "");
        var settings = Limits.with(
                "backup", Goal.up("heads"), policy, patience.budget(), saves.saving(Optional.of("backups")));
        boolean saved = settings.backups().isPresent();
        if (!saved && !replaces) {
            throw new Refusal(Code.Usage, "--backup", "never is no folder", "write --backup DIR");
        }
        var reading = saved ? settings : settings.saving(saves.reading(folder()));
        var depot = new Depot(place.dialect(), reading, cli.world().surroundings(cli.screen()));
        switch (what) {
            case list -> list(depot);
            case take -> one(depot.take());
            case verify -> {
                depot.verify(named());
                cli.screen().out().println(named() + " is whole");
            }
            case restore -> {
                if (replaces) {
                    depot.replace(named(), saved);
                } else {
                    depot.restore(named());
                }
                cli.screen().out().println(named() + " is restored");
            }
        }
        return 0;
    }

    private Path folder() throws Refusal {
        return Optional.ofNullable(Path.of(named()).toAbsolutePath().getParent())
                .orElse(Path.of("/"));
    }

    private String named() throws Refusal {
        return name.orElseThrow(() -> new Refusal(
                Code.Usage, "NAME", "no backup is named", "lockstep backup list names those that are there"));
    }

    private void list(Depot depot) throws Refusal {
        var all = depot.list();
        if (cli.output() == Output.json) {
            cli.world()
                    .out()
                    .println(Json.write(all.stream().map(BackupVerb::shown).toList()));
            return;
        }
        for (var backup : all) {
            var at = backup.revision().isEmpty() ? "base" : backup.revision();
            cli.world()
                    .out()
                    .println("%s  %s  at %s, %d bytes".formatted(backup.at(), backup.name(), at, backup.bytes()));
        }
        if (all.isEmpty()) {
            cli.world().out().println("none");
        }
    }

    private void one(Backup backup) {
        if (cli.output() == Output.json) {
            cli.world().out().println(Json.write(shown(backup)));
        }
    }

    private record Shown(String name, long bytes, String sha256, String at, String revision) {}

    private static Shown shown(Backup backup) {
        return new Shown(
                backup.name(), backup.bytes(), backup.sha256(), backup.at().toString(), backup.revision());
    }
}
