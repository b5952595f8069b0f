package dev.lockstep.plugin;

import dev.lockstep.handover.Places;
import dev.lockstep.job.ListingPod;
import dev.lockstep.job.RunnerImage;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Placement;
import dev.lockstep.plugin.Problem.Kind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What could be restored.
@Command(
        description = "Lists the backups on the resource's claim, by the runner's own verb in a pod that is taken away"
                + " again. It can read the claim and nothing else.")
final class BackupsVerb implements Cli.Verb {
    private static final String IMAGE = "LOCKSTEP_RUNNER_IMAGE";

    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The runner's. Default: that of the newest Job; where none is left, that which the operator"
                    + " starts runs from, if you may read it.")
    private Optional<String> image = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "json: with sizes and digests.")
    private Optional<Form> form = Optional.empty();

    private enum Form {
        json
    }

    BackupsVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            var claim = standing.backups().orElseThrow(() -> none(standing));
            var pod = pod(api, standing, claim);
            var said = new Errand(api, cli.world().leftovers(), pod).run();
            said.lines().map(Plain::of).forEach(cli.world().out()::println);
            return 0;
        }
    }

    private static Refused none(Standing standing) {
        return new Refused(
                Kind.NotNow,
                standing.path(),
                "keeps no backups in a claim: spec.backup is Never or External",
                "ask whoever takes them");
    }

    private Pod pod(Api api, Standing standing, String claim) throws Refused {
        var address = Address.of(standing.resource().getSpec().database());
        var listing = new ListingPod.Listing(claim, arguments(address), address.variables());
        var suffix = Integer.toHexString(cli.world().random().nextInt() | Integer.MIN_VALUE);
        var start = standing.name().replace('.', '-');
        return ListingPod.of(
                Identity.of(standing.resource()),
                start.substring(0, Math.min(start.length(), 40)) + "-backups-" + suffix,
                Placement.of(standing.resource().getSpec().runner()),
                runner(api, standing),
                listing);
    }

    private List<String> arguments(Address address) {
        var asked = Stream.of(
                "backup", "list", "--backup", Places.BACKUPS, "--database", address.text(), "--tls", "disable");
        var form = this.form.isPresent() ? Stream.of("--output", "json") : Stream.<String>empty();
        return Stream.concat(asked, form).toList();
    }

    private RunnerImage runner(Api api, Standing standing) throws Refused {
        if (image.isPresent()) return new RunnerImage(image.get(), "IfNotPresent");
        var ofJob = api.ask(() -> api.jobs(standing)).stream()
                .flatMap(it -> it.getSpec().getTemplate().getSpec().getContainers().stream())
                .filter(it -> it.getName().equals(Places.CONTAINER))
                .findFirst()
                .map(it -> new RunnerImage(it.getImage(), it.getImagePullPolicy()));
        return ofJob.or(() -> ofOperator(api))
                .orElseThrow(() -> new Refused(
                        Kind.NotNow,
                        standing.path(),
                        "no Job of it is left that would tell the runner's image, and no operator is seen",
                        "name one: " + Invocation.text(standing, "backups", "--image", "IMAGE")));
    }

    /// Whoever may not look into all namespaces sees none.
    private static Optional<RunnerImage> ofOperator(Api api) {
        try {
            return api.ask(api::operators).stream()
                    .flatMap(it -> it.getSpec().getContainers().stream())
                    .flatMap(it -> image(it).stream())
                    .findFirst();
        } catch (Refused unseen) {
            return Optional.empty();
        }
    }

    private static Optional<RunnerImage> image(Container operator) {
        return operator.getEnv().stream()
                .filter(it -> it.getName().equals(IMAGE) && it.getValue() != null)
                .findFirst()
                .map(it -> new RunnerImage(it.getValue(), "IfNotPresent"));
    }
}
