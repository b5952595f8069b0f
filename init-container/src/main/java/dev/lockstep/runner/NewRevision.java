package dev.lockstep.runner;

import dev.lockstep.dialect.Recipe;
import dev.lockstep.dialect.RecipeScript;
import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Draft;
import dev.lockstep.script.Draft.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Begins a script, or writes those of a recipe. Asks no database.
@Command(description = "Write an empty script that follows the head, or those of a recipe, and print their paths.")
final class NewRevision implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What the script does; asked for on a terminal, unless there is a recipe.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--down", description = "Write a down script too.")
    private boolean down;

    @Option(names = "--head", paramLabel = "REV", description = "The revision to follow, or base; default the head.")
    private Optional<String> head = Optional.empty();

    @Option(names = "--depends", paramLabel = "REV", split = ",", description = "Must be applied too.")
    private List<String> depends = new ArrayList<>();

    @Option(names = "--label", paramLabel = "NAME", description = "Name of the branch that starts here.")
    private Optional<String> label = Optional.empty();

    @Mixin
    private final RecipeOptions recipe = new RecipeOptions();

    NewRevision(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var chosen = recipe.recipe(place, down);
        var graph = place.graphIfAny(cli);
        var author = Author.of(cli.world(), place.project());
        var drafts = new ArrayList<Draft>();
        if (chosen.isEmpty()) {
            drafts.add(first(author, graph, message(), Content.NONE));
            return Author.tell(cli, author.write(drafts, Author.newest(graph), down));
        }
        var dialect = place.dialect();
        for (var script : chosen.get().scripts(dialect.address())) {
            drafts.add(next(author, graph, drafts, chosen.get(), script));
        }
        var vendors = author.ofVendor(dialect.vendor());
        return Author.tell(cli, vendors.write(drafts, Author.newest(graph), down));
    }

    private Draft first(Author author, Graph graph, String does, Content content) throws Refusal {
        var before = new ArrayList<Revision>();
        for (var name : depends) {
            before.add(graph.one(name));
        }
        if (label.flatMap(graph::labelled).isPresent()) {
            throw new Refusal(Code.Usage, "--label", label.get() + " is another branch's", "use another name");
        }
        return new Draft(
                does,
                author.alias(graph),
                parents(graph),
                Author.titles(before),
                label,
                cli.world().clock().instant(),
                content);
    }

    /// A recipe's script follows the one before it.
    private Draft next(Author author, Graph graph, List<Draft> before, Recipe recipe, RecipeScript script)
            throws Refusal {
        var does = script.does() + ": " + said(message).orElse(RecipeReader.words(recipe));
        var content = new Content(Optional.of(script.phase()), script.breaking(), script.up(), script.down());
        if (before.isEmpty()) {
            return first(author, graph, does, content);
        }
        return new Draft(
                does,
                author.alias(graph),
                List.of(before.getLast().alias()),
                List.of(),
                Optional.empty(),
                before.getLast().created(),
                content);
    }

    private List<String> parents(Graph graph) throws Refusal {
        boolean first =
                head.map(word -> word.equals("base")).orElse(graph.revisions().isEmpty());
        return first ? List.of() : Author.titles(List.of(graph.one(head.orElse("head"))));
    }

    private String message() throws Refusal {
        var words = said(message.isPresent() ? message : cli.world().ask("Enter migration message: "));
        if (words.isEmpty()) {
            throw new Refusal(Code.Usage, "-m", "it is not said what the script does", "write -m TEXT");
        }
        return words.get();
    }

    private static Optional<String> said(Optional<String> words) {
        return words.map(String::strip).filter(text -> !text.isEmpty());
    }
}
