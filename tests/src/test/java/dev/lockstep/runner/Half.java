package dev.lockstep.runner;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// On two classes that have the same tests: each runs those that the other does not, at the same time if there are two
/// processes for them. One that ran them all would be what a check waits for at the end.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Half.Condition.class)
@interface Half {
    /// 0 or 1.
    int number();

    /// Whether a test is of this half, by its name.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            int number =
                    context.getRequiredTestClass().getAnnotation(Half.class).number();
            boolean others = context.getTestMethod()
                    .filter(it -> Math.floorMod(it.getName().hashCode(), 2) != number)
                    .isPresent();
            return others
                    ? ConditionEvaluationResult.disabled("it is of the other half")
                    : ConditionEvaluationResult.enabled("");
        }
    }
}
