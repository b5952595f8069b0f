package dev.lockstep.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A time in which runs may start.
@JsonIgnoreProperties(ignoreUnknown = true)
public record Window(
        @Required
        @Size(min = 9, max = 100)
        @Pattern(FIVE)
        @JsonPropertyDescription(
                "When it opens, in the five fields of cron: minute, hour, day of month, month, day of week.")
        String cron,

        @Nullable
        @Default("UTC")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Where cron's clock hangs, like Europe/Berlin. A time that it skips in spring opens no window.")
        String timeZone,

        @Required
        @Size(max = 12)
        @ValidationRule(value = Spec.DURATION_RULE, message = Spec.DURATION_SAID)
        @JsonPropertyDescription(
                "How long it is open. A run that has started in it is not stopped; runner.deadline bounds one.")
        String duration) {
    /// Characters that a field of cron may have; what they mean the operator finds out.
    private static final String FIELD = "[0-9A-Za-z*?]([0-9A-Za-z*,/#?-]*[0-9A-Za-z*?])?";

    static final String FIVE = "^" + FIELD + "( " + FIELD + "){4}$";
}
