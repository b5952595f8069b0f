package dev.lockstep.runner;

import dev.lockstep.dialect.Address;
import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Amendment;
import dev.lockstep.engine.Depot;
import dev.lockstep.engine.Drift;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Foundation;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Settings;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What a person wants done besides a run, in the words of an annotation: `stamp TARGET`, `baseline REV`, `repair`,
/// with
/// `done=REV` and `undone=REV` for each script whose end is unknown, `restore BACKUP into NAME`, or `accept` for a
/// schema that has drifted. What follows a `#`
/// is for people,
/// and makes the same wish another one.
record AmendOrder(Dialect dialect, Graph graph, Settings settings, Engine.Surroundings around) {
    /// Of a database, or of a file.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

    /// A file of the claim, and of no other place.
    private static final Pattern BACKUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    /// Source: SQLite documentation, "Temporary Files Used By SQLite".
    private static final List<String> SQLITES = List.of("-journal", "-wal", "-shm");

    private static final String FLYWAYS = "<< Flyway Baseline >>";

    /// @return what was changed, one line each
    List<String> carryOut(String text) throws Refusal {
        var words = List.of(text.replaceFirst("#.*", "").strip().split("\\s+", -1));
        return switch (words.getFirst()) {
            case "stamp" -> stamp(only(words, text));
            case "baseline" -> baseline(only(words, text));
            case "repair" -> repair(words.subList(1, words.size()), text);
            case "restore" -> restore(words, text);
            case "accept" -> accept(words, text);
            case String other -> throw misunderstood(text);
        };
    }

    private static String only(List<String> words, String text) throws Refusal {
        if (words.size() != 2) {
            throw misunderstood(text);
        }
        return words.getLast();
    }

    private List<String> stamp(String target) throws Refusal {
        return new Amendment(dialect, graph, settings.towards(Goal.up(target)), around).stamp();
    }

    /// Begins the history of a database that nobody has migrated yet.
    void adopt(String word) throws Refusal {
        Foundation.adopt(dialect, BaselineVerb.version(graph, word), FLYWAYS, settings, around);
    }

    private List<String> baseline(String word) throws Refusal {
        var version = BaselineVerb.version(graph, word);
        boolean laid = Foundation.baseline(dialect, version, FLYWAYS, settings, around);
        return laid ? List.of("the history begins at " + version) : List.of();
    }

    private List<String> repair(List<String> words, String text) throws Refusal {
        var done = named("done=", words);
        var undone = named("undone=", words);
        if (done.size() + undone.size() != words.size() || done.stream().anyMatch(undone::contains)) {
            throw misunderstood(text);
        }
        return new Amendment(dialect, graph, settings.towards(Goal.up("heads")), around).repair(done, undone);
    }

    private List<String> restore(List<String> words, String text) throws Refusal {
        if (words.size() != 4
                || !BACKUP.matcher(words.get(1)).matches()
                || !words.get(2).equals("into")
                || !NAME.matcher(words.get(3)).matches()) {
            throw misunderstood(text);
        }
        if (settings.backups().filter(it -> it.terms().external().isEmpty()).isEmpty()) {
            throw new Refusal(
                    Code.Usage, "spec.backup", "names no claim with backups", "write claimName, and when: Always");
        }
        if (dialect.address() instanceof Address.Sqlite(var file, var history))
            refuseTaken(file.resolveSibling(words.get(3)));
        new Depot(dialect, settings, around).restoreInto(words.get(1), words.get(3));
        return List.of(words.get(1) + " is restored into " + words.get(3));
    }

    /// Whatever it is: an empty file may be what somebody has just made.
    private static void refuseTaken(Path file) throws Refusal {
        if (SQLITES.stream().anyMatch(file.toString()::endsWith)) {
            throw new Refusal(
                    Code.RestoreFailed,
                    file.toString(),
                    "is a name that SQLite gives to what it keeps beside a database",
                    "choose one that does not end so");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refusal(
                    Code.RestoreFailed,
                    file.toString(),
                    "is there already, and is let be",
                    "name another, or remove it");
        }
    }

    private List<String> accept(List<String> words, String text) throws Refusal {
        if (words.size() != 1) throw misunderstood(text);
        return new Drift(dialect, settings, around).accept();
    }

    private static List<String> named(String prefix, List<String> words) {
        return words.stream()
                .filter(it -> it.startsWith(prefix))
                .map(it -> it.substring(prefix.length()))
                .toList();
    }

    private static Refusal misunderstood(String text) {
        return new Refusal(
                Code.Usage,
                "lockstep.dev/amend",
                "cannot be understood: " + text,
                "write stamp TARGET, baseline REV, restore BACKUP into NAME, accept, or repair, with done=REV or undone=REV for a script"
                        + " whose end is unknown");
    }
}
