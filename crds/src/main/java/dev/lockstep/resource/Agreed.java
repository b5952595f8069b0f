package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// What a [SchemaMigrationApproval] agrees to.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(value = "self == oldSelf", message = "an approval cannot be changed; delete it and create another")
public record Agreed(
        @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Name of the SchemaMigration, in the same namespace.")
        String migration,

        @Required
        @Pattern("^sha256:[0-9a-f]{64}$")
        @JsonPropertyDescription("The plan, as status.plan.hash of the SchemaMigration names it.")
        String plan) {}
