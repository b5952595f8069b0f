package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/// One question about the resource with its answer, in the shape that every Kubernetes tool knows.
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required @JsonPropertyDescription("The question.") String type,

        @Required @Pattern("^(True|False|Unknown)$") @JsonPropertyDescription("The answer: True, False or Unknown.")
        String status,

        @Required @JsonPropertyDescription("Why, in one word. An error's code, where there is one.")
        String reason,

        @Required @JsonPropertyDescription("Why, in a sentence, and what to do now.")
        String message,

        @Required @JsonPropertyDescription("When the answer last changed.")
        String lastTransitionTime,

        @Required @JsonPropertyDescription("The generation of the spec that the answer is about.")
        Long observedGeneration) {}
