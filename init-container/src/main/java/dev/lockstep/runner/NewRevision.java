package dev.lockstep.runner;

import dev.lockstep.graph.Graph;
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

/// Begins a script. Asks no database.
@Command(description = "Write an empty script that follows the head, and print its path.")
final class NewRevision implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What the script does; asked for on a terminal.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--down", description = "Write an empty down script too.")
    private boolean down;

    @Option(names = "--head", paramLabel = "REV", description = "The revision to follow, or base; default the head.")
    private Optional<String> head = Optional.empty();

    @Option(names = "--depends", paramLabel = "REV", split = ",", description = "Must be applied too.")
    private List<String> depends = new ArrayList<>();

    @Option(names = "--label", paramLabel = "NAME", description = "Name of the branch that starts here.")
    private Optional<String> label = Optional.empty();

    NewRevision(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var graph = place.graphIfAny(cli);
        var author = Author.of(cli.world(), place.project());
        var before = new ArrayList<Revision>();
        for (var name : depends) {
            before.add(graph.one(name));
        }
        var draft = new Draft(
                message(),
                author.alias(graph),
                parents(graph),
                Author.titles(before),
                label,
                cli.world().clock().instant(),
                Draft.Content.NONE);
        return Author.tell(cli, author.write(List.of(draft), Author.newest(graph), down));
    }

    private List<String> parents(Graph graph) throws Refusal {
        boolean first =
                head.map(word -> word.equals("base")).orElse(graph.revisions().isEmpty());
        return first ? List.of() : Author.titles(List.of(graph.one(head.orElse("head"))));
    }

    private String message() throws Refusal {
        var said = message.or(() ->
                cli.world().terminal().map(console -> String.valueOf(console.readLine("Enter migration message: "))));
        var words = said.map(String::strip).filter(text -> !text.isEmpty());
        if (words.isEmpty()) {
            throw new Refusal(Code.Usage, "-m", "it is not said what the script does", "write -m TEXT");
        }
        return words.get();
    }
}
