package dev.lockstep.runner;

import dev.lockstep.engine.Amendment;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Tells the history where the database is, and runs nothing.
@Command(description = "Let the database count as being at TARGET, without running a script.")
final class Stamp implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Patience patience = new Patience();

    @Parameters(paramLabel = "TARGET", description = "head, heads, base, a revision or its unique beginning.")
    private String target = "";

    Stamp(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var settings = Limits.without("stamp", Goal.up(target), patience.budget());
        var amendment = new Amendment(
                dialect, place.graph(dialect, cli), settings, cli.world().surroundings(cli.screen()));
        return Repair.tell(cli, amendment.stamp());
    }
}
