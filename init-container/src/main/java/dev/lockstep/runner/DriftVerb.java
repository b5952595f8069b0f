package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Drift;
import dev.lockstep.engine.Goal;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Is the schema as the last run has left it?
@Command(
        description =
                "Compare the schema with what the last run has left. Exit 7 where objects differ: + was made by no run,"
                        + " - is gone, ~ reads otherwise.")
final class DriftVerb implements Cli.Verb {
    /// Of a message, for it has to fit into a Report.
    private static final int LENGTH_MAX = 1200;

    private final Cli cli;

    @Mixin
    private final Place place = new Place();

    @Mixin
    private final Patience patience = new Patience();

    @Option(names = "--accept", description = "The schema as it is counts as what the last run has left.")
    private boolean accepts;

    DriftVerb(Cli cli) {
        this.cli = cli;
    }

    private record Shown(List<String> differences, boolean accepted) {}

    @Override
    public Integer call() throws Refusal {
        var dialect = place.dialect();
        var settings = Limits.without("drift", Goal.up("heads"), patience.budget());
        var drift = new Drift(dialect, settings, cli.world().surroundings(cli.screen()));
        if (accepts) {
            tell(drift.accept(), "accepted; nothing differs now");
            return 0;
        }
        switch (drift.ask()) {
            case Drift.Answer.InStep(var objects) -> tell(List.of(), "in step: " + objects + " objects");
            case Drift.Answer.KeptNow(var objects) ->
                tell(List.of(), "nothing was known of this state; " + objects + " objects are from now on");
            case Drift.Answer.Differs(var lines) -> {
                tell(lines, "");
                throw refusal(dialect, lines);
            }
        }
        return 0;
    }

    private void tell(List<String> lines, String end) {
        var out = cli.world().out();
        if (cli.output() == Output.json) {
            out.println(Json.write(new Shown(lines, accepts)));
            return;
        }
        lines.forEach(out::println);
        if (!end.isEmpty()) out.println(end);
    }

    static Refusal refusal(Dialect dialect, List<String> lines) {
        var shown = String.join(", ", lines);
        if (shown.length() > LENGTH_MAX) {
            shown = shown.substring(0, shown.lastIndexOf(", ", LENGTH_MAX)) + " and more";
        }
        var message = (lines.size() == 1 ? "1 object differs" : lines.size() + " objects differ")
                + " from what the last run has left: " + shown;
        return new Refusal(
                Code.Drifted,
                dialect.address().shown(),
                message,
                "undo it by hand, or say that it is meant: lockstep drift --accept, in the cluster lockstep.dev/amend=accept");
    }
}
