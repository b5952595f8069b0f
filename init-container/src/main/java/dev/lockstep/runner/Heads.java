package dev.lockstep.runner;

import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What nothing follows. Asks no database.
@Command(description = "List the revisions that no other follows. More than one need lockstep merge.")
final class Heads implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    Heads(Cli cli) {
        this.cli = cli;
    }

    private record Shown(String revision, Optional<String> alias, String description, String file) {
        static Shown of(Revision revision) {
            var up = revision.up();
            return new Shown(revision.version().text(), up.header().alias(), up.description(), up.file());
        }
    }

    @Override
    public Integer call() throws Refusal {
        List<Revision> heads = place.graph(cli).heads();
        var out = cli.world().out();
        if (cli.output() == Output.json) {
            out.println(Json.write(heads.stream().map(Shown::of).toList()));
        } else {
            heads.forEach(
                    head -> out.println(head.title() + " (head), " + head.up().description()));
        }
        return 0;
    }
}
