package dev.lockstep.runner;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// On a class: what is tagged `lengthy`, and of the rest all but one of so many, by their names, are left to other
/// classes that have the same tests, and to every night, which is `-Dlockstep.lengthy=everywhere`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Shortened.Condition.class)
@interface Shortened {
    int toOneOf();

    /// Whether a test is left.
    final class Condition implements ExecutionCondition {
        private static final ConditionEvaluationResult RUN = ConditionEvaluationResult.enabled("");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if ("everywhere".equals(System.getProperty("lockstep.lengthy"))) return RUN;
            int among = context.getRequiredTestClass()
                    .getAnnotation(Shortened.class)
                    .toOneOf();
            boolean lengthy = context.getTags().contains("lengthy");
            boolean left =
                    context.getTestMethod().filter(it -> isLeft(it, among)).isPresent();
            return lengthy || left ? ConditionEvaluationResult.disabled("it runs on another server") : RUN;
        }

        private static boolean isLeft(Method test, int among) {
            return Math.floorMod(test.getName().hashCode(), among) > 0;
        }
    }
}
