package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The words of the annotation `lockstep.dev/amend`, as the runner reads them, and of `lockstep.dev/external-backup`.
/// What would be read otherwise than it was meant is refused here, before anybody is asked to agree to it.
final class Grammar {
    private static final Pattern REVISION = Pattern.compile("[^\\s#]{1,128}");
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
    private static final Pattern BACKUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Pattern EXTERNAL = Pattern.compile("\\S{1,253}");

    private Grammar() {}

    static String stamp(String target) throws Refused {
        return "stamp " + checked(target, REVISION, "REV", "a revision has no blank and no #");
    }

    static String baseline(String revision) throws Refused {
        return "baseline " + checked(revision, REVISION, "REV", "a revision has no blank and no #");
    }

    static String restore(String backup, String database) throws Refused {
        return "restore "
                + checked(backup, BACKUP, "BACKUP", "name a file of the claim, as kubectl lockstep backups lists it")
                + " into "
                + checked(database, DATABASE, "DATABASE", "letters, digits, _, . and -, at most 63");
    }

    static String repair(List<String> done, List<String> undone) throws Refused {
        var words = new ArrayList<>(List.of("repair"));
        for (var it : done) words.add("done=" + checked(it, REVISION, "--done", "a revision has no blank and no #"));
        for (var it : undone) {
            words.add("undone=" + checked(it, REVISION, "--undone", "a revision has no blank and no #"));
            if (done.contains(it))
                throw new Refused(Kind.Usage, it, "is said to be done and undone", "say one of the two");
        }
        return String.join(" ", words);
    }

    /// The same words twice are one wish; what follows # is for people and makes it another.
    static String asWish(String words, Instant now) {
        return words + " # " + now.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Without what is for people.
    static String meaning(String wish) {
        return wish.replaceFirst("#.*", "").strip();
    }

    static void refuseNoExternalName(String backup) throws Refused {
        checked(backup, EXTERNAL, "BACKUP", "write it without blanks, in at most 253 characters");
    }

    /// A name that was there before the question counts for none, so that it would be waited for in vain.
    static void refuseUnaskedBackup(Standing standing, String backup) throws Refused {
        if (!standing.reason().equals("BackupNeeded")) {
            throw new Refused(
                    Kind.NotNow,
                    standing.path(),
                    "no run asks for a backup now, and a name from before the question counts for none",
                    "wait until its reason is BackupNeeded: " + Invocation.text(standing, "status", "-w"));
        }
        var used =
                standing.status().map(it -> Standing.text(it.externalBackup())).orElse("");
        if (used.equals(backup)) {
            throw new Refused(
                    Kind.NotNow,
                    standing.path(),
                    "has used the backup " + backup + " already, or had its name before it asked",
                    "take another one, and name that");
        }
    }

    private static String checked(String word, Pattern pattern, String place, String remedy) throws Refused {
        if (pattern.matcher(word).matches()) return word;
        throw new Refused(Kind.Usage, place, "cannot be understood: " + word, remedy);
    }
}
