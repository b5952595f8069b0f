package dev.lockstep.runner;

import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings branches together. Asks no database.
@Command(description = "Write an empty script that follows several revisions, and print its path.")
final class Merge implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            defaultValue = "merge",
            description = "What the script says it does; default merge.")
    private String message = "merge";

    @Parameters(arity = "0..*", paramLabel = "REV", description = "Revisions to bring together; default all heads.")
    private List<String> words = new ArrayList<>();

    Merge(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var graph = place.graph(cli);
        var parents = new ArrayList<Revision>();
        for (var word : words) {
            parents.add(graph.one(word));
        }
        if (words.isEmpty() || words.equals(List.of("heads"))) {
            parents.clear();
            parents.addAll(graph.heads());
        }
        if (parents.stream().distinct().count() < 2) {
            throw new Refusal(
                    Code.Usage,
                    "merge",
                    "there are no two revisions to bring together",
                    "lockstep heads lists what nothing follows");
        }
        var author = Author.of(cli.world(), place.project());
        var draft = new Draft(
                message,
                author.alias(graph),
                Author.titles(parents),
                List.of(),
                Optional.empty(),
                cli.world().clock().instant(),
                Draft.Content.NONE);
        return Author.tell(cli, author.write(List.of(draft), Author.newest(graph), false));
    }
}
