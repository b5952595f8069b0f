package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// How often the schema is compared with what the last run has left.
@JsonIgnoreProperties(ignoreUnknown = true)
public record DriftCheck(
        @Required
        @Size(max = 6)
        @ValidationRule(value = "self.matches('" + INTERVAL + "')", message = SAID)
        @JsonPropertyDescription(
                "From the end of a run or a check to the next check, in minutes or hours, like 1h; up to a tenth more, so that not all come at once.")
        String interval) {
    /// Each check is a Job, so seconds would be for nobody's good.
    static final String INTERVAL = "^(([1-9][0-9]{0,3}|[12][0-9]{4}|30000)m|([1-9][0-9]?|[1-4][0-9]{2}|500)h)$";

    static final String SAID = "an interval is a whole number and m or h, at most 500h; write for example 1h";
}
