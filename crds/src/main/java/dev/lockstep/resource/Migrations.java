package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the scripts are. Exactly one member.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.inline) != has(self.configMap)",
        message = "migrations needs exactly one of inline, configMap")
public record Migrations(
        @Nullable
        @Size(min = 1, max = 256)
        @JsonPropertyDescription("File name to content, as V1__init.sql. At most 256 files and 128 KiB together.")
        Map<String, @Size(max = 131_072) String> inline,

        @Nullable @JsonPropertyDescription("A ConfigMap whose keys are file names.")
        ConfigMapFiles configMap) {

    /// A ConfigMap whose keys are file names.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ConfigMapFiles(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The ConfigMap. It is read again every half minute; a change starts a run.")
            String name) {}
}
