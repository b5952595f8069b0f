package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions that a script makes and may call: what they do happens with the call. Those of other scripts are not
/// looked into.
final class Routines {
    private final Map<String, Effect> bodies = new HashMap<>();

    /// @param own what the statement does without the functions that it calls
    Effect with(Statement statement, Effect own) {
        var reader = new Reader(statement);
        if (reader.take("create")) {
            reader.take("or", "replace");
            if (reader.takeAny("function", "procedure")) {
                bodies.put(Sight.bare(reader.name()), Classifier.hidden(statement));
            }
            return own;
        }
        var effects = new ArrayList<>(List.of(own));
        for (int i = 0; i + 1 < statement.tokens().size(); i++) {
            if (statement.hasAt(i + 1, "(")) {
                Optional.ofNullable(bodies.get(statement.tokens().get(i).text()))
                        .map(called -> new Effect(called.weight(), called.why(), "", statement.line()))
                        .ifPresent(effects::add);
            }
        }
        return effects.size() == 1 ? own : Effect.worst(effects, statement.line());
    }
}
