package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which pods are meant, in the words of Kubernetes' own label selectors. Those have no bounds, without which the API
/// server checks no rule of each of their parts.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodSelector(
        @Nullable @Size(max = 32) @JsonPropertyDescription("Labels that a pod has to have.")
        Map<String, String> matchLabels,

        @Nullable @Size(max = 32) @JsonPropertyDescription("What a pod's labels have to be like besides.")
        List<Requirement> matchExpressions) {

    /// What one label has to be like.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
            message = "In and NotIn need values, the others have none",
            fieldPath = ".values")
    public record Requirement(
            @Required @JsonPropertyDescription("The label.") String key,

            @Required
            @JsonPropertyDescription("In, NotIn: it has one of the values, or none of them. Exists, DoesNotExist.")
            Operator operator,

            @Nullable @Size(max = 64) @JsonPropertyDescription("For In and NotIn.")
            List<String> values) {}

    /// How a label is looked at.
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }

    /// The same for a question to the API server.
    public LabelSelector asLabelSelector() {
        return new LabelSelectorBuilder()
                .withMatchLabels(matchLabels == null ? Map.of() : matchLabels)
                .withMatchExpressions(
                        matchExpressions == null
                                ? List.of()
                                : matchExpressions.stream()
                                        .map(PodSelector::asRequirement)
                                        .toList())
                .build();
    }

    private static LabelSelectorRequirement asRequirement(Requirement it) {
        return new LabelSelectorRequirement(it.key(), it.operator().name(), it.values());
    }
}
