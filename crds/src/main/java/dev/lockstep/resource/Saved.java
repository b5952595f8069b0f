package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A backup.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Saved(
        @Nullable @JsonPropertyDescription("Its file name in the claim, or as somebody else has named it.")
        String name,

        @Nullable @JsonPropertyDescription("Its size.") Long bytes,

        @Nullable @JsonPropertyDescription("Its SHA-256.") String sha256,

        @Nullable @JsonPropertyDescription("Whether it was read back.")
        Boolean verified,

        @Nullable @JsonPropertyDescription("When it was taken.")
        String at,

        @Nullable @JsonPropertyDescription("The revision that it holds; empty before the first.")
        String revision) {}
