package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Settings;
import dev.lockstep.graph.Graph;

/// One run, told on the screen or as JSON.
final class Running {
    private Running() {}

    static int run(Cli cli, Dialect dialect, Graph graph, Settings settings) {
        var screen = cli.screen();
        var outcome = new Engine(dialect, graph, settings, cli.world().surroundings(screen)).run();
        var report = Reports.of(outcome);
        screen.end(report, outcome.tips());
        if (cli.output() == Output.json) {
            cli.world().out().println(Json.write(report));
        }
        return Exits.of(report);
    }
}
