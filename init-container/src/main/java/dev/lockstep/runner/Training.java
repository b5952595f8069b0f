package dev.lockstep.runner;

import dev.lockstep.engine.Stop;
import java.nio.file.Path;

/// Runs several command lines one after the other in one process, for the build alone: an AOT cache has the classes of
/// one process, and runs on PostgreSQL and on SQLite, gates and Jobs load different ones.
final class Training {
    private Training() {}

    /// @param lines a command line each, its words separated by newlines; `/` is the working directory. The first that
    ///     does not end in success ends the process in failure.
    public static void main(String[] lines) {
        for (var line : lines) {
            var status = Cli.run(Main.world(new Stop(), Path.of("")), line.split("\n"));
            if (status != 0) {
                throw new IllegalStateException(line + " has ended with " + status);
            }
        }
    }
}
