package dev.lockstep.runner;

import dev.lockstep.engine.Past;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// All revisions, newest first.
@Command(description = "List the revisions, newest first, and which are applied.")
final class ShowHistory implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(names = "--graph", description = "Draw the lines of descent.")
    private boolean graphed;

    ShowHistory(Cli cli) {
        this.cli = cli;
    }

    private record Line(
            String revision,
            Optional<String> alias,
            List<String> parents,
            String description,
            boolean applied,
            boolean unfinished,
            boolean head) {
        String text(String before, String name) {
            return before + " -> " + words(name);
        }

        String words(String name) {
            return name + (head ? " (head)" : "") + ", " + description
                    + (unfinished ? " (unfinished)" : applied ? "" : " (pending)");
        }
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var past = Past.of(dialect);
        var revisions = graph.revisions().reversed();
        if (cli.output() == Output.json) {
            cli.world()
                    .out()
                    .println(Json.write(
                            revisions.stream().map(r -> line(r, graph, past)).toList()));
        } else if (graphed) {
            Drawing.of(revisions, r -> line(r, graph, past).words(r.title()))
                    .forEach(cli.world().out()::println);
        } else {
            revisions.forEach(r ->
                    cli.world().out().println(line(r, graph, past).text(before(r, graph), r.title())));
        }
        return 0;
    }

    private static Line line(Revision revision, Graph graph, Past past) {
        return new Line(
                revision.version().text(),
                revision.up().header().alias(),
                revision.parents().stream().map(Object::toString).toList(),
                revision.up().description(),
                past.history().has(revision.version()),
                past.unfinished().contains(revision.version()),
                graph.heads().contains(revision));
    }

    private static String before(Revision revision, Graph graph) {
        var names = revision.parents().stream()
                .flatMap(parent -> graph.find(parent).stream())
                .map(Revision::title)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "base" : names;
    }
}
