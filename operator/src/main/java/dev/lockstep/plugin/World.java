package dev.lockstep.plugin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// All that one process gets from its surroundings, handed in by [Main].
///
/// @param terminal somebody who can be asked
/// @param folder in which it was started
/// @param leftovers what has to go when the process ends, however it ends
record World(
        PrintStream out,
        PrintStream err,
        InstantSource clock,
        RandomGenerator random,
        Map<String, String> environment,
        Optional<Terminal> terminal,
        Path folder,
        Leftovers leftovers) {

    /// Whoever sits before it.
    interface Terminal {
        /// @return absent at the end of the input
        Optional<String> ask(String prompt);
    }

    /// Colours go to a terminal only.
    Paint paint() {
        return new Paint(
                terminal.isPresent() && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /// Is it a yes?
    ///
    /// @throws Refused nobody has been asked, or the answer is another one
    void refuseUnagreed(String prompt, boolean yes) throws Refused {
        if (yes) return;
        if (terminal.isEmpty()) {
            throw new Refused(
                    Problem.Kind.Unanswered,
                    "",
                    "there is no terminal on which to ask, and nothing was done",
                    "say --yes to agree without being asked");
        }
        var answer = terminal.get().ask(prompt).map(String::strip).orElse("");
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw new Refused(Problem.Kind.Unanswered, "", "that was no yes, and nothing was done", "");
        }
    }
}
