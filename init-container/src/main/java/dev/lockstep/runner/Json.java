package dev.lockstep.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Refusal;

/// The wire's JSON. Unknown fields are passed over, so that a newer operator may say more.
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOurs(Order order) {
        return order.amendment().isPresent()
                ? order.verb().equals(Order.AMEND)
                : order.verb().equals(Order.RUN) || order.verb().equals(Order.DRIFT);
    }

    static Order order(String text) throws Refusal {
        try {
            var order = MAPPER.readValue(text, Order.class);
            if (order != null && order.v() == Order.VERSION && isOurs(order)) {
                return order;
            }
            throw unreadable("is of another version than " + Order.VERSION + " or of no verb that there is");
        } catch (JsonProcessingException e) {
            throw unreadable("is not the JSON of an Order");
        }
    }

    private static Refusal unreadable(String message) {
        return new Refusal(
                Code.Usage, Order.VARIABLE, "the Order " + message, "let operator and runner be of the same release");
    }
}
