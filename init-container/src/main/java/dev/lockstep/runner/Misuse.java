package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.script.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/// A command line that cannot be read: what is wrong with it, what was perhaps meant, where help is.
final class Misuse {
    private Misuse() {}

    static Failure of(CommandLine.ParameterException e) {
        var command = e.getCommandLine();
        var help = command.getCommandSpec().qualifiedName() + " --help";
        var lists = command.getSubcommands().isEmpty() ? " lists its options" : " lists verbs and options";
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            var word = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
            return new Failure(Code.Usage, word, unknown(word, command), meant(word, command) + help + lists);
        }
        var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new Failure(Code.Usage, "", message, help + lists);
    }

    /// One word alone: what comes after it may be a password.
    private static String unknown(String word, CommandLine command) {
        if (word.startsWith("-"))
            return "is no option of " + command.getCommandSpec().qualifiedName();
        return command.getSubcommands().isEmpty() ? "is a word too many" : "is no verb";
    }

    private static String meant(String word, CommandLine command) {
        return Nearest.of(word, known(command))
                .map(near -> "perhaps " + near + " is meant; ")
                .orElse("");
    }

    private static List<String> known(CommandLine command) {
        var known = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().optionsMap().forEach((name, option) -> {
            if (!option.hidden()) {
                known.add(name);
            }
        });
        return known;
    }
}
