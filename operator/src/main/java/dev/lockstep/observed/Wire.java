package dev.lockstep.observed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Report;
import java.util.Map;
import java.util.Optional;

/// Order and Report as JSON. An absent value is left out, so that a new optional word changes no fingerprint.
public final class Wire {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Wire() {}

    /// The Order as the runner reads it.
    public static String text(Order order) {
        return json(order);
    }

    /// The Report in a termination message; empty where the message is none, as after a kill.
    public static Optional<Report> report(String message) {
        try {
            return Optional.ofNullable(JSON.readValue(message, Report.class)).filter(Wire::isOurs);
        } catch (JsonProcessingException noReport) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(Report report) {
        return report.v() == Order.VERSION;
    }

    /// Sixteen hex digits that stand for a value: 64 bits, so that two Orders of one resource never meet.
    static String fingerprint(Object value) {
        return Digest.of(Map.of("", json(value))).substring(0, 16);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }
}
