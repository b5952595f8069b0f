package dev.lockstep.runner;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.lint.Verdict;
import dev.lockstep.script.Script;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// All about one revision. Asks no database.
@Command(description = "Show one revision: its place in the graph, its phase, its script.")
final class Show implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Parameters(
            paramLabel = "REV",
            arity = "0..1",
            defaultValue = "head",
            description = "As for upgrade; default head.")
    private String word = "head";

    Show(Cli cli) {
        this.cli = cli;
    }

    private record Shown(
            String revision,
            Optional<String> alias,
            String description,
            List<String> parents,
            List<String> depends,
            List<String> children,
            Optional<String> label,
            String phase,
            boolean destructive,
            boolean breaking,
            Optional<String> deploy,
            String file,
            Optional<String> down) {}

    @Override
    public Integer call() throws Refusal {
        var graph = place.graph(cli);
        var revision = graph.one(word);
        var shown = shown(revision, graph);
        var out = cli.world().out();
        if (cli.output() == Output.json) {
            out.println(Json.write(shown));
            return 0;
        }
        line("revision", shown.revision());
        shown.alias().ifPresent(it -> line("alias", it));
        line("description", shown.description());
        line("revises", shown.parents().isEmpty() ? "base" : String.join(", ", shown.parents()));
        list("depends", shown.depends());
        line("followed by", shown.children().isEmpty() ? "nothing (head)" : String.join(", ", shown.children()));
        shown.label().ifPresent(it -> line("label", it));
        line(
                "phase",
                shown.phase()
                        + (shown.destructive() ? ", loses data" : "")
                        + (shown.breaking() ? ", breaks older code" : ""));
        shown.deploy().ifPresent(it -> line("deploy", it));
        line("file", shown.file());
        line("down", shown.down().orElse("none"));
        out.println();
        out.println(revision.up().text().stripTrailing());
        return 0;
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            line(name, String.join(", ", values));
        }
    }

    private void line(String name, String value) {
        cli.world().out().println("%-12s %s".formatted(name + ":", value));
    }

    private static Shown shown(Revision revision, Graph graph) {
        var script = revision.up();
        var verdict = Verdict.of(script, Set.of());
        return new Shown(
                revision.version().text(),
                script.header().alias(),
                script.description(),
                titles(revision.parents(), graph),
                titles(revision.depends(), graph),
                graph.children(revision.version()).stream().map(Revision::title).toList(),
                script.header().label(),
                verdict.phase().word(),
                verdict.destructive(),
                verdict.breaking(),
                script.header().breaking(),
                script.file(),
                revision.down().map(Script::file));
    }

    private static List<String> titles(List<Version> versions, Graph graph) {
        return versions.stream()
                .flatMap(version -> graph.find(version).stream())
                .map(Revision::title)
                .toList();
    }
}
