package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.server.PostgresClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A folder with scripts, a database, and somebody who types commands.
record Terminal(Bed bed, Path folder) {
    /// What a role of ours has for a password is in nothing that a command says, whatever it meets (I10).
    private static final String SECRET = "--password-from-environment=";
    private static final String SECRETS = SECRET + "secret of ";

    private static final PostgresClient CLIENT = PostgresClient.find();

    /// What a command came to.
    record Result(int exit, String out, String err) {
        String all() {
            return out + err;
        }
    }

    Path migrations() {
        return folder.resolve("migrations");
    }

    /// The same files before another database.
    Terminal on(Bed other) {
        return new Terminal(other, folder);
    }

    static Path tools() {
        return CLIENT.bin();
    }

    Path backups() {
        return folder.resolve("backups");
    }

    Terminal script(String name, String text) {
        try {
            var file = migrations().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Terminal without(String name) {
        try {
            Files.delete(migrations().resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `lockstep upgrade …` as the owner, with the backups' folder of this terminal.
    Result upgrade(String... more) {
        return run("upgrade", bed.owner(), saving(more));
    }

    /// The same, to be ended by `stop`.
    Result upgrade(Stop stop, String... more) {
        return upgrade(InstantSource.system(), stop, more);
    }

    /// The same by a clock that may be wrong.
    Result upgrade(InstantSource clock, Stop stop, String... more) {
        var arguments = new ArrayList<>(List.of("upgrade", "--migrations=" + migrations()));
        arguments.addAll(bed.owner());
        arguments.addAll(saving(more));
        return type(clock, stop, arguments);
    }

    Result downgrade(String... more) {
        return run("downgrade", bed.owner(), saving(more));
    }

    Result migrate(String... more) {
        return run("migrate", bed.owner(), saving(more));
    }

    private List<String> saving(String... more) {
        var options = new ArrayList<>(List.of(more));
        if (options.stream().noneMatch(option -> option.startsWith("--backup="))) {
            options.add("--backup=" + backups());
        }
        if (options.stream().noneMatch(option -> option.startsWith("--pg-bin="))) {
            options.add("--pg-bin=" + CLIENT.bin());
        }
        return options;
    }

    /// A verb whose requests to PostgreSQL go by way of a proxy.
    Result through(int port, String verb, String... more) {
        return run(verb, ((Bed.Postgresql) bed).through(port), List.of(more));
    }

    /// A verb that only looks, as the owner.
    Result show(String verb, String... more) {
        return run(verb, bed.owner(), List.of(more));
    }

    /// `lockstep await` as the application's role; knows no scripts.
    Result await(String revision, String timeout, String... more) {
        var options = new ArrayList<>(List.of("await", "--revision=" + revision, "--timeout=" + timeout));
        options.addAll(bed.app());
        options.addAll(List.of(more));
        return type(new Stop(), options);
    }

    private Result run(String verb, List<String> place, List<String> more) {
        var arguments = new ArrayList<>(List.of(verb));
        if (more.stream().noneMatch(option -> option.startsWith("--migrations="))) {
            arguments.add("--migrations=" + migrations());
        }
        arguments.addAll(place);
        arguments.addAll(more);
        return type(new Stop(), arguments);
    }

    /// A process of its own, which can be killed, with all that it says in `log`.
    Process start(Path log, String verb, String... more) throws IOException {
        return start(List.of(), log, verb, more);
    }

    /// @param before a command that runs the rest
    Process start(List<String> before, Path log, String verb, String... more) throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // as the launcher does: half the processor time
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lockstep.runner.Main",
                verb,
                "--migrations=" + migrations()));
        command.addAll(bed.owner());
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static Result type(Stop stop, List<String> arguments) {
        return type(InstantSource.system(), stop, arguments);
    }

    static Result type(InstantSource clock, Stop stop, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var world = new World(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                clock,
                RandomGenerator.getDefault(),
                stop,
                Path.of("/nowhere"),
                Optional.empty());
        int exit = Cli.run(world, arguments.toArray(String[]::new));
        var result = new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        arguments.stream()
                .filter(word -> word.startsWith(SECRETS))
                .forEach(word -> assertThat(result.all()).doesNotContain(word.substring(SECRET.length())));
        return result;
    }
}
