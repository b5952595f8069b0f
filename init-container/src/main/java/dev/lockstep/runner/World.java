package dev.lockstep.runner;

import dev.lockstep.engine.Engine.Surroundings;
import dev.lockstep.engine.Event;
import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Refusal;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// All that one process gets from its surroundings, handed in by [Main].
///
/// @param root `/`, or a folder that a test has put in its place
/// @param terminal somebody who can be asked
record World(
        PrintStream out,
        PrintStream err,
        InstantSource clock,
        RandomGenerator random,
        Stop stop,
        Path root,
        Optional<Console> terminal) {

    /// What somebody at the terminal answers; absent without a terminal or an answer.
    Optional<String> ask(String prompt) throws Refusal {
        return terminal.isPresent() ? new Question(terminal.get(), stop).ask(prompt) : Optional.empty();
    }

    Surroundings surroundings(Event.Listener listener) {
        return new Surroundings(clock, random, stop, listener);
    }

    /// Progress goes to standard output, unless that has to be JSON.
    Screen screen(Output output) {
        return new Screen(output == Output.json ? err : out, err);
    }
}
