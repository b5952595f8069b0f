package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command `lockstep`.
@Command(
        name = "lockstep",
        description = "Moves a database's schema and the application's pods in step.",
        versionProvider = Cli.Release.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB")
final class Cli {
    private final World world;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:LOCKSTEP_OUTPUT:-text}",
            description = "text or json; default text. Env: LOCKSTEP_OUTPUT")
    private Output output = Output.text;

    private Cli(World world) {
        this.world = world;
    }

    /// Runs one command line.
    ///
    /// @return the process's exit status
    static int run(World world, String... arguments) {
        var cli = new Cli(world);
        var line = new CommandLine(cli);
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF)); // [Printable] writes it out
        Verbs.of(arguments, cli).forEach(line::addSubcommand);
        boolean stepsDown = Arrays.stream(arguments).anyMatch(word -> word.matches("-\\d+"));
        line.getSubcommands()
                .forEach(
                        (verb, command) -> // or -1 would be an option that nobody knows
                        command.setUnmatchedOptionsArePositionalParams(
                                        stepsDown && Verbs.TAKING_STEPS_DOWN.contains(verb)));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(110);
        line.setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((e, command, parsed) -> cli.failed(e));
        line.setParameterExceptionHandler(cli::misused);
        if (arguments.length == 0) {
            line.usage(world.err());
            return Code.Usage.exit();
        }
        return line.execute(arguments);
    }

    private int failed(Exception e) {
        if (e instanceof Refusal refusal) {
            json(refusal.failure());
            world.screen(output).fail(refusal.failure());
            return refusal.failure().code().exit();
        }
        json(new Failure(Code.Defect, "", "the command has a defect", "report the log"));
        world.err().println("Lockstep has a defect; please report what follows.");
        e.printStackTrace(world.err());
        return Code.Defect.exit();
    }

    /// A command line that cannot be read may not have said yet how it wants to be answered.
    private int misused(CommandLine.ParameterException e, String[] arguments) {
        var said = String.join(" ", arguments).replace('=', ' ').toLowerCase(Locale.ROOT);
        if (said.contains("--output json")) {
            output = Output.json;
        }
        var failure = Misuse.of(e);
        json(failure);
        world.screen(output).fail(failure);
        return Code.Usage.exit();
    }

    private void json(Failure failure) {
        if (output == Output.json) {
            world.out().println(Json.write(failure));
        }
    }

    World world() {
        return world;
    }

    Output output() {
        return output;
    }

    Screen screen() {
        return world.screen(output);
    }

    /// A verb, which picocli fills and calls.
    interface Verb extends Callable<Integer> {
        @Override
        Integer call() throws Refusal;
    }

    /// The version that the build has put into the jar.
    static final class Release implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Optional.ofNullable(Cli.class.getPackage().getImplementationVersion());
            return new String[] {"lockstep " + version.orElse("(not packaged)")};
        }
    }
}
