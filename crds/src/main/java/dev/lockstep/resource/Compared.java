package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A comparison of the schema with what the last run has left.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Compared(
        @Nullable @JsonPropertyDescription("Its Job.") String job,

        @Nullable @JsonPropertyDescription("Its number among the runs of this resource.")
        Integer number,

        @Nullable @JsonPropertyDescription("When it ended.") String at,

        @Nullable
        @JsonPropertyDescription("Done: nothing differs. Drifted: something does. Or the code of what stopped it.")
        String result,

        @Nullable @JsonPropertyDescription("The result in words, with the objects that differ.")
        String message) {}
