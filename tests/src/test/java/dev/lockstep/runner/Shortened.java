package dev.lockstep.runner;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// On a class: what is tagged `lengthy`, and of the rest two tests of three, by their names, are left to other classes
/// that
/// have the same tests, and to every night, which is `-Dlockstep.lengthy=everywhere`.
final class Shortened implements ExecutionCondition {
    private static final ConditionEvaluationResult RUN = ConditionEvaluationResult.enabled("");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if ("everywhere".equals(System.getProperty("lockstep.lengthy"))) return RUN;
        boolean lengthy = context.getTags().contains("lengthy");
        return lengthy || context.getTestMethod().filter(Shortened::isLeft).isPresent()
                ? ConditionEvaluationResult.disabled("it runs on another server")
                : RUN;
    }

    private static boolean isLeft(Method test) {
        return Math.floorMod(test.getName().hashCode(), 3) > 0;
    }
}
