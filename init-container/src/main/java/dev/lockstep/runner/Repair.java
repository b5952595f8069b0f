package dev.lockstep.runner;

import dev.lockstep.engine.Amendment;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Brings the history to what a person knows to be true.
@Command(
        description = "Remove rows of failed scripts, take the scripts' checksums over, let what files that are gone"
                + " applied count as taken back. Runs no script.")
final class Repair implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Patience patience = new Patience();

    @Option(
            names = "--done",
            paramLabel = "REV",
            split = ",",
            description = "A script whose end is unknown did come to it.")
    private List<String> done = new ArrayList<>();

    @Option(
            names = "--undone",
            paramLabel = "REV",
            split = ",",
            description = "A script whose end is unknown did not, and what it did is undone.")
    private List<String> undone = new ArrayList<>();

    Repair(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        if (done.stream().anyMatch(undone::contains)) {
            throw new Refusal(Code.Usage, "--done", "names a revision that --undone names too", "say one of both");
        }
        var dialect = place.dialect();
        var settings = Limits.without("repair", Goal.up("heads"), patience.budget());
        var amendment = new Amendment(
                dialect, place.graph(dialect, cli), settings, cli.world().surroundings(cli.screen()));
        return tell(cli, amendment.repair(done, undone));
    }

    static int tell(Cli cli, List<String> changes) {
        var out = cli.world().out();
        if (cli.output() == Output.json) {
            out.println(Json.write(changes));
        } else if (changes.isEmpty()) {
            out.println("nothing to change");
        } else {
            changes.forEach(out::println);
        }
        return 0;
    }
}
