package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import dev.lockstep.resource.SchemaMigrationApproval;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A person's yes.
@Command(
        description = "Agrees to exactly the plan, or the amendment, that is shown: creates a SchemaMigrationApproval."
                + " Asks on a terminal; elsewhere it needs --yes.")
final class ApproveVerb implements Cli.Verb {
    private final Cli cli;

    @Parameters(index = "0", paramLabel = "NAME", description = "The SchemaMigration.")
    private String name = "";

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "What you have been shown. If it is another one by now, nothing is done.")
    private Optional<String> plan = Optional.empty();

    @Option(names = "--yes", description = "Agree without being asked.")
    private boolean yes;

    ApproveVerb(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws Refused {
        try (var api = cli.api()) {
            var standing = api.read(name);
            var shown = Asked.chosen(standing, plan);
            var out = cli.world().out();
            Plans.lines(shown, standing, cli.world().paint()).forEach(out::println);
            cli.world().refuseUnagreed("Agree to this? [y/N] ", yes);
            Asked.refuseChanged(api.read(name), shown);
            out.println(agree(api, standing, Approval.of(standing, shown.hash())));
            return 0;
        }
    }

    private static String agree(Api api, Standing standing, SchemaMigrationApproval approval) throws Refused {
        var named = "schemamigrationapproval/" + approval.getMetadata().getName();
        if (api.approve(approval)) return named + " created; see: " + Invocation.text(standing, "status", "-w");
        var there = api.ask(() -> Optional.ofNullable(api.client()
                .resources(SchemaMigrationApproval.class)
                .inNamespace(api.namespace())
                .withName(approval.getMetadata().getName())
                .get()));
        if (there.filter(it -> it.getSpec().equals(approval.getSpec())).isPresent()) return named + " is there already";
        throw new Refused(
                Kind.NotNow,
                named,
                "is there and agrees to something else",
                "delete it, if it is nobody's, and approve again");
    }
}
