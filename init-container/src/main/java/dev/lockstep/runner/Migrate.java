package dev.lockstep.runner;

import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Refusal;
import dev.lockstep.plan.Policy;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// For init-containers where no operator runs: never asks, holds what the release before may still need.
@Command(description = "Apply pending scripts from an init-container: contract steps are held, nothing is asked.")
final class Migrate implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Limits limits = new Limits();

    Migrate(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var policy = new Policy(false, Policy.Asks.destructive, Optional.empty(), Place.identity(dialect.address()));
        var settings = limits.settings("migrate", Goal.up("head"), policy, Optional.empty());
        return Running.run(cli, dialect, place.graph(dialect, cli), settings);
    }
}
