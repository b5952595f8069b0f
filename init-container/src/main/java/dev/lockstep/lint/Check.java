package dev.lockstep.lint;

import dev.lockstep.script.Statement;
import java.util.List;
import java.util.stream.Stream;

/// Looks at one statement of a script.
interface Check {
    Sight sight();

    Stream<Finding> of(Statement statement);

    default Finding found(Rule rule, int line, String message, List<String> instead) {
        return new Finding(rule, sight().script().file(), line, message, instead);
    }

    /// A statement for which no transaction may be open.
    default List<String> alone(String sql) {
        return List.of("in a script of its own:", sql);
    }
}
