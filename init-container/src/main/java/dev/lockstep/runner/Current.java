package dev.lockstep.runner;

import dev.lockstep.engine.Past;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.history.History;
import dev.lockstep.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the database is.
@Command(description = "Show the newest applied revision of each branch, and whether it is the head.")
final class Current implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(names = "--head", description = "Exit 3 if the database is not at every head.")
    private boolean wantsHead;

    Current(Cli cli) {
        this.cli = cli;
    }

    private record Tip(String revision, Optional<String> alias, boolean head) {}

    private record Shown(
            Optional<String> revision, Optional<String> alias, boolean head, List<Tip> tips, List<String> unfinished) {}

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var past = Past.of(dialect);
        var history = past.history();
        var unfinished = past.unfinished().stream().map(it -> title(it, graph)).toList();
        var tips = tips(graph, history);
        boolean atHead = graph.heads().stream().allMatch(head -> history.has(head.version()));
        if (cli.output() == Output.json) {
            var newest = tips.isEmpty() ? Optional.<Tip>empty() : Optional.of(tips.getLast());
            cli.world()
                    .out()
                    .println(Json.write(new Shown(
                            newest.map(Tip::revision), newest.flatMap(Tip::alias), atHead, tips, unfinished)));
        } else if (tips.isEmpty()) {
            cli.world().out().println("base");
        } else {
            tips.forEach(tip ->
                    cli.world().out().println(tip.alias().orElse(tip.revision()) + (tip.head() ? " (head)" : "")));
        }
        if (cli.output() == Output.text) {
            unfinished.forEach(it -> cli.world().out().println(it + " (unfinished)"));
        }
        return wantsHead && !atHead ? ShowPlan.PENDING : 0;
    }

    private static String title(Version version, Graph graph) {
        return graph.find(version).map(Revision::title).orElse(version.text());
    }

    /// What files that are older than the database do not know stands last.
    private static List<Tip> tips(Graph graph, History history) {
        var applied = history.applied().keySet();
        var tips = new ArrayList<Tip>();
        for (Revision tip : graph.tips(applied)) {
            boolean head = graph.heads().contains(tip);
            tips.add(new Tip(tip.version().text(), tip.up().header().alias(), head));
        }
        var unknown = applied.stream()
                .filter(version -> graph.find(version).isEmpty())
                .max(Version::compareTo);
        boolean newer = unknown.isPresent()
                && graph.tips(applied).stream().allMatch(tip -> tip.version().compareTo(unknown.get()) < 0);
        if (newer) {
            tips.clear();
            tips.add(new Tip(unknown.get().text(), Optional.empty(), false));
        }
        return tips;
    }
}
