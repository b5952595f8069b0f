package dev.lockstep.runner;

import dev.lockstep.dialect.Dialect;
import dev.lockstep.engine.Amendment;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Foundation;
import dev.lockstep.engine.Goal;
import dev.lockstep.engine.Settings;
import dev.lockstep.graph.Graph;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.List;

/// What a person wants changed in the history, in the words of an annotation: `stamp TARGET`, `baseline REV`, or
/// `repair`, with `done=REV` and `undone=REV` for each script whose end is unknown. What follows a `#` is for people,
/// and makes the same wish another one.
record AmendOrder(Dialect dialect, Graph graph, Settings settings, Engine.Surroundings around) {
    private static final String FLYWAYS = "<< Flyway Baseline >>";

    /// @return what was changed, one line each
    List<String> carryOut(String text) throws Refusal {
        var words = List.of(text.replaceFirst("#.*", "").strip().split("\\s+", -1));
        return switch (words.getFirst()) {
            case "stamp" -> stamp(only(words, text));
            case "baseline" -> baseline(only(words, text));
            case "repair" -> repair(words.subList(1, words.size()), text);
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
                "write stamp TARGET, baseline REV, or repair, with done=REV or undone=REV for a script whose end is unknown");
    }
}
