package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where migrations are.
@Command(
        description = "Where migrations are. Exit status 0: Ready; 1: Stalled, a person has to act; 3: not ready yet;"
                + " of several the one that is least good.")
final class StatusVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Absent: all of the namespace.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "All of the cluster.")
    private boolean everywhere;

    @Option(
            names = {"-w", "--watch"},
            description = "Goes on until all are Ready and nothing is at work, or one is Stalled: on a terminal by"
                    + " drawing anew, else with a line for each change.")
    private boolean watches;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "json: the resource as the API server has it; of several, a list.")
    private Optional<Form> form = Optional.empty();

    private enum Form {
        json
    }

    StatusVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        if (everywhere && name.isPresent())
            throw new Refused(Kind.Usage, "-A", "a name is of one namespace", "leave out the name, or -A");
        try (var api = cli.api()) {
            var all = look(api);
            if (!watches) {
                lines(all).forEach(cli.world().out()::println);
                return Verdict.worst(all.stream().map(Standing::verdict).toList())
                        .exit();
            }
            return new Watching(api, cli.world(), name.map(it -> all.getFirst()), everywhere, this::lines, isText())
                    .follow();
        }
    }

    private boolean isText() {
        return form.isEmpty();
    }

    private List<Standing> look(Api api) throws Refused {
        return name.isPresent() ? List.of(api.read(name.get())) : api.ask(() -> api.list(everywhere));
    }

    private List<String> lines(List<Standing> all) {
        var paint = cli.world().paint();
        if (form.isPresent()) return List.of(json(all));
        if (name.isPresent())
            return new Tree(all.getFirst(), cli.world().clock().instant(), paint).lines();
        return all.isEmpty()
                ? List.of("There is no SchemaMigration " + (everywhere ? "in the cluster." : "in the namespace."))
                : Table.lines(all, everywhere, paint);
    }

    private String json(List<Standing> all) {
        return name.isPresent()
                ? Serialization.asJson(all.getFirst().resource())
                : Serialization.asJson(all.stream().map(Standing::resource).toList());
    }
}
