package dev.lockstep.runner;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// On a class: what is tagged `lengthy` is left to other classes that have the same tests, and to every night, which is
/// `-Dlockstep.lengthy=everywhere`.
final class Shortened implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var everywhere = "everywhere".equals(System.getProperty("lockstep.lengthy"));
        return everywhere || !context.getTags().contains("lengthy")
                ? ConditionEvaluationResult.enabled("")
                : ConditionEvaluationResult.disabled("lengthy, and it runs on another server");
    }
}
