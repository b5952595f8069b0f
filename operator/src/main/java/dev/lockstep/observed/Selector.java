package dev.lockstep.observed;

import dev.lockstep.resource.PodSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A selector of pods, applied to labels that the API server cannot be asked about, as those of a template.
record Selector(PodSelector selector) {

    boolean matches(Map<String, String> labels) {
        return Absent.or(selector.matchLabels(), Map.<String, String>of()).entrySet().stream()
                        .allMatch(it -> it.getValue().equals(labels.get(it.getKey())))
                && Absent.or(selector.matchExpressions(), List.<PodSelector.Requirement>of()).stream()
                        .allMatch(it -> matches(it, labels));
    }

    private static boolean matches(PodSelector.Requirement rule, Map<String, String> labels) {
        var value = Optional.ofNullable(labels.get(rule.key()));
        var values = Absent.or(rule.values(), List.<String>of());
        return switch (rule.operator()) {
            case In -> value.filter(values::contains).isPresent();
            case NotIn -> value.filter(values::contains).isEmpty();
            case Exists -> value.isPresent();
            case DoesNotExist -> value.isEmpty();
        };
    }
}
