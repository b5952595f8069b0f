package dev.lockstep.runner;

import dev.lockstep.handover.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What is said to somebody at a terminal, in the words of a resource: who reads a Report has no options to set, but
/// fields and annotations.
public final class FieldWords {
    private static final String POSTGRESQL = "spec.database.postgresql.";

    private static final Map<Pattern, String> WORDS = words();

    private FieldWords() {}

    static Failure of(Failure failure) {
        return new Failure(failure.code(), failure.place(), of(failure.message()), of(failure.remedy()));
    }

    /// A text without options and verbs of the terminal.
    public static String of(String text) {
        var worded = text;
        for (var word : WORDS.entrySet()) worded = word.getKey().matcher(worded).replaceAll(word.getValue());
        return worded;
    }

    /// The longer before the shorter.
    private static Map<Pattern, String> words() {
        var words = new LinkedHashMap<Pattern, String>();
        options().forEach((said, worded) -> words.put(Pattern.compile(said), worded));
        verbs().forEach((said, worded) -> words.put(Pattern.compile(said), worded));
        return words;
    }

    private static Map<String, String> options() {
        var words = new LinkedHashMap<String, String>();
        words.put("; --max-transaction-age says how old they may be", "");
        words.put("--lock-budget", "spec.locks.budget");
        words.put("--backup-max-size", "spec.backup.maxSize");
        words.put("--backup-scope Touched", "spec.backup.scope: Touched");
        words.put("--backup-verify Decode", "spec.backup.verify: Decode");
        words.put("another folder with --backup\\b", "another claim with spec.backup.claimName");
        words.put("--role\\b", POSTGRESQL + "role");
        words.put("--tls (disable|verify-full)", POSTGRESQL + "tls.mode: $1");
        words.put("--tls\\b", POSTGRESQL + "tls.mode");
        words.put("--ca\\b", POSTGRESQL + "tls.caSecretName");
        words.put(
                "set LOCKSTEP_PASSWORD or PGPASSWORD, .* or name a --password-file",
                "write it into the Secret that " + POSTGRESQL + "credentials names");
        return words;
    }

    private static Map<String, String> verbs() {
        var words = new LinkedHashMap<String, String>();
        words.put("lockstep repair --(undone|done) ", "lockstep.dev/amend: repair $1=");
        words.put("lockstep (repair|stamp)\\b", "lockstep.dev/amend: $1");
        words.put("lockstep baseline VERSION, or spec.baseline,", "spec.baseline");
        words.put("lockstep downgrade \\S*", "let spec.downgrade be Allowed");
        words.put("finish that with lockstep upgrade", "let it finish on the way up");
        words.put("lockstep upgrade \\S*", "name an older target");
        words.put("lockstep backup list", "kubectl lockstep backups");
        words.put("lockstep backup restore NAME into a new file", "lockstep.dev/amend: restore NAME into FILE");
        words.put("lockstep current", "the status");
        words.put("lockstep history", "the history");
        words.put("lockstep validate names", "the status names");
        words.put("with --placeholder NAME=VALUE", "in spec.placeholders");
        words.put("the migrations folder with --migrations", "one in spec.migrations");
        words.put(", or say --replace", "");
        return words;
    }
}
