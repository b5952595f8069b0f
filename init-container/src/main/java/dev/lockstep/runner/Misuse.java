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
        var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        var help = command.getCommandSpec().qualifiedName() + " --help";
        var lists = command.getSubcommands().isEmpty() ? " lists its options" : " lists verbs and options";
        return new Failure(Code.Usage, "", message, meant(e) + help + lists);
    }

    private static String meant(CommandLine.ParameterException e) {
        if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        var word = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        return Nearest.of(word, known(e.getCommandLine()))
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
