package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;

/// A label selector, applied to labels that the API server cannot be asked about, as those of a template.
record Selector(LabelSelector selector) {

    boolean matches(Map<String, String> labels) {
        return Absent.or(selector.getMatchLabels(), Map.<String, String>of()).entrySet().stream()
                        .allMatch(it -> it.getValue().equals(labels.get(it.getKey())))
                && Absent.or(selector.getMatchExpressions(), List.<LabelSelectorRequirement>of()).stream()
                        .allMatch(it -> matches(it, labels));
    }

    /// An operator that the API server does not know it does not let in, and lists nothing by.
    private static boolean matches(LabelSelectorRequirement rule, Map<String, String> labels) {
        var has = labels.containsKey(rule.getKey());
        return switch (rule.getOperator()) {
            case "In" -> has && rule.getValues().contains(labels.get(rule.getKey()));
            case "NotIn" -> !has || !rule.getValues().contains(labels.get(rule.getKey()));
            case "Exists" -> has;
            case "DoesNotExist" -> !has;
            case String other -> throw new IllegalArgumentException("no operator of a selector: " + other);
        };
    }
}
