package dev.lockstep.runner;

import dev.lockstep.engine.Foundation;
import dev.lockstep.engine.Goal;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Version;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adopts a database that others have made.
@Command(
        name = "baseline",
        description =
                "Give a database that has tables but no history one that begins at REV: what is older is not run.")
final class BaselineVerb implements Cli.Verb {
    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Patience patience = new Patience();

    @Parameters(paramLabel = "REV", description = "A version, or a revision that a script has.")
    private String word = "";

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            defaultValue = "<< Flyway Baseline >>",
            description = "What the history says of it.")
    private String description = "<< Flyway Baseline >>";

    BaselineVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var graph = place.graph(dialect, cli);
        var version = version(graph, word);
        var settings = Limits.without("baseline", Goal.up("heads"), patience.budget());
        boolean laid = Foundation.baseline(
                dialect, version, description, settings, cli.world().surroundings(cli.screen()));
        var words = laid ? "the history begins at " : "the history began before at ";
        cli.screen().out().println(words + version);
        return 0;
    }

    static Version version(Graph graph, String word) throws Refusal {
        var named = graph.named(word);
        var version = named.size() == 1 ? Optional.of(named.getFirst().version()) : Version.parse(word);
        return version.orElseThrow(
                () -> new Refusal(Code.GraphInvalid, word, "names no version", "write a version, such as 12"));
    }
}
