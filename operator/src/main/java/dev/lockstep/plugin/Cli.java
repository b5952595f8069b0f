package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `kubectl lockstep`.
@Command(
        name = "kubectl lockstep",
        description = "Where the migrations of a cluster are, and what a person may ask for.",
        versionProvider = Cli.Release.class,
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB")
final class Cli {
    private final World world;

    @Mixin
    private final Where where = new Where();

    private Cli(World world) {
        this.world = world;
    }

    /// Runs one command line.
    ///
    /// @return the process's exit status
    static int run(World world, String... arguments) {
        var line = line(world, arguments);
        if (arguments.length == 0) {
            line.usage(world.err());
            return Kind.Usage.exit();
        }
        return line.execute(arguments);
    }

    /// The command with the verb that the arguments begin with, or all its verbs: picocli reads the options of each
    /// that it
    /// is told of.
    static CommandLine line(World world, String... arguments) {
        var cli = new Cli(world);
        var line = new CommandLine(cli);
        var verbs = verbs(cli);
        var begunWith =
                Arrays.stream(arguments).limit(1).filter(verbs::containsKey).toList();
        if (!begunWith.isEmpty()) {
            verbs.keySet().retainAll(begunWith);
        }
        verbs.forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(110);
        line.setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((e, command, parsed) -> cli.failed(e));
        line.setParameterExceptionHandler((e, words) -> cli.misused(e));
        return line;
    }

    private static Map<String, Object> verbs(Cli cli) {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("status", new StatusVerb(cli));
        verbs.put("plan", new PlanVerb(cli));
        verbs.put("approve", new ApproveVerb(cli));
        verbs.put("retry", new DeedVerb.Retry(cli));
        verbs.put("suspend", new DeedVerb.Suspend(cli));
        verbs.put("resume", new DeedVerb.Resume(cli));
        verbs.put("take-over", new DeedVerb.TakeOver(cli));
        verbs.put("external-backup", new ExternalBackupVerb(cli));
        verbs.put("repair", new AmendVerb.Repair(cli));
        verbs.put("stamp", new AmendVerb.Stamp(cli));
        verbs.put("baseline", new AmendVerb.Baseline(cli));
        verbs.put("restore", new AmendVerb.Restore(cli));
        verbs.put("accept", new AmendVerb.Accept(cli));
        verbs.put("backups", new BackupsVerb(cli));
        verbs.put("logs", new LogsVerb(cli));
        verbs.put("report", new ReportVerb(cli));
        return verbs;
    }

    private int failed(Exception e) {
        return switch (e) {
            case Refused refused -> tell(refused.problem());
            case KubernetesClientException refusal -> tell(Answers.of(refusal, "API server"));
            default -> {
                world.err().println("kubectl lockstep has a defect; please report what follows.");
                e.printStackTrace(world.err());
                yield Kind.Defect.exit();
            }
        };
    }

    private int misused(CommandLine.ParameterException e) {
        var command = e.getCommandLine();
        var said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        var lists = command.getSubcommands().isEmpty() ? " lists its options" : " lists the verbs";
        return tell(new Problem(Kind.Usage, "", said, command.getCommandSpec().qualifiedName() + " --help" + lists));
    }

    private int tell(Problem problem) {
        world.err().println(problem.line());
        return problem.kind().exit();
    }

    World world() {
        return world;
    }

    /// The API server that the options name.
    Api api() throws Refused {
        var config = where.config();
        return Api.at(config, where.namespace(config));
    }

    /// A verb, which picocli fills and calls.
    interface Verb extends Callable<Integer> {
        @Override
        Integer call() throws Refused;
    }

    /// The version that the build has put into the jar.
    static final class Release implements CommandLine.IVersionProvider {
        static String text() {
            return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
        }

        @Override
        public String[] getVersion() {
            return new String[] {"kubectl lockstep " + text()};
        }
    }
}
