package dev.lockstep.graph;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.regex.Pattern;

/// A target as a person writes it: `head`, `heads`, `base`, `REV`, `REV+n`, `LABEL@head`, `+n` or `-n`.
sealed interface Aim {
    Pattern STEPS = Pattern.compile("([+-])(\\d{1,6})");
    Pattern BRANCH = Pattern.compile("(.+)@heads?");
    Pattern BEYOND = Pattern.compile("([^+@-][^+@]*)\\+(\\d{1,6})");
    Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /// The one revision that nothing follows.
    record Head() implements Aim {}

    /// All of them.
    record Heads() implements Aim {}

    /// Before the first revision.
    record Origin() implements Aim {}

    /// A revision's version, alias or unambiguous beginning.
    record Named(String name) implements Aim {}

    /// The revision that follows so many steps after a named one.
    record Beyond(String name, int steps) implements Aim {}

    /// What nothing follows of the branch that a label names.
    record Branch(String label) implements Aim {}

    /// So many steps up from where the database is.
    record Forward(int steps) implements Aim {}

    /// So many steps down from where the database is.
    record Back(int steps) implements Aim {}

    /// @throws Refusal `GraphInvalid` for a word that is none of these
    static Aim parse(String word) throws Refusal {
        return switch (word) {
            case "head" -> new Head();
            case "heads" -> new Heads();
            case "base" -> new Origin();
            default -> composed(word);
        };
    }

    private static Aim composed(String word) throws Refusal {
        var steps = STEPS.matcher(word);
        if (steps.matches()) {
            int count = Integer.parseInt(steps.group(2));
            return steps.group(1).equals("+") ? new Forward(count) : new Back(count);
        }
        var branch = BRANCH.matcher(word);
        if (branch.matches()) {
            return new Branch(branch.group(1));
        }
        var beyond = BEYOND.matcher(word);
        if (beyond.matches()) {
            return new Beyond(beyond.group(1), Integer.parseInt(beyond.group(2)));
        }
        if (NAME.matcher(word).matches()) {
            return new Named(word);
        }
        throw new Refusal(
                Code.GraphInvalid,
                word,
                "is no target",
                "write head, heads, base, a revision, REV+n, LABEL@head, +n or -n");
    }
}
