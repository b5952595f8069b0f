package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/// How often the schema is compared with what the last run has left.
@JsonIgnoreProperties(ignoreUnknown = true)
public record DriftCheck(
        @Required
        @Pattern(INTERVAL)
        @JsonPropertyDescription(
                "From the end of a run or a check to the next check, in minutes or hours, like 1h; up to a tenth more, so that not all come at once.")
        String interval) {
    /// Each check is a Job, so seconds would be for nobody's good.
    static final String INTERVAL = "^[1-9][0-9]{0,5}(m|h)$";
}
