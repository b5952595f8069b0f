package dev.lockstep.runner;

import dev.lockstep.engine.Engine;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Where the database is.
@Command(description = "Show the newest applied revision, and whether it is the head.")
final class Current implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    Current(Cli cli) {
        this.cli = cli;
    }

    private record Shown(Optional<String> revision, Optional<String> alias, boolean head) {}

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var newest = Engine.history(dialect).newest();
        var revision = newest.flatMap(graph::find);
        boolean head = revision.filter(graph.heads()::contains).isPresent();
        var alias = revision.flatMap(r -> r.up().header().alias());
        if (cli.output() == Output.json) {
            cli.world().out().println(Json.write(new Shown(newest.map(Object::toString), alias, head)));
        } else {
            var name = revision.map(Revision::title)
                    .or(() -> newest.map(Object::toString))
                    .orElse("base");
            cli.world().out().println(name + (head ? " (head)" : ""));
        }
        return 0;
    }
}
