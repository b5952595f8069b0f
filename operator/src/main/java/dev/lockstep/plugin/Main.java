package dev.lockstep.plugin;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/// The process `kubectl-lockstep`: reads its surroundings once, runs one verb, says how it ended.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var leftovers = new Leftovers();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(leftovers::end));
        var world = new World(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                InstantSource.system(),
                new SecureRandom(),
                System.getenv(),
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .map(Main::terminal),
                Path.of("").toAbsolutePath(),
                leftovers);
        int status = Cli.run(world, arguments);
        world.out().flush();
        System.exit(status);
    }

    private static World.Terminal terminal(Console console) {
        return prompt -> Optional.ofNullable(console.readLine("%s", prompt));
    }

    /// Trees and bars are drawn with characters that are not in ASCII, whatever the locale says.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
