package dev.lockstep.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockstep.handover.Digest;
import dev.lockstep.handover.Order;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Blacks out what must not leave the cluster: the scripts' texts, the values of placeholders, those of environment
/// variables, and whatever annotations repeat them.
///
/// @param values of placeholders, blacked out wherever they stand
record Redaction(List<String> values) {
    static final String BLACK = "█████";

    /// A value so short stands in too many words to be looked for in them.
    private static final int LOOKED_FOR_MIN = 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    /// A long text stays on its line, where it can be searched for.
    private static final ObjectMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    /// Who wrote which field repeats their names; what was applied last repeats the whole spec.
    private static final String MANAGED = "managedFields";

    /// Annotations by which tools keep what they have applied.
    private static final Set<String> APPLIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "objectset.rio.cattle.io/applied",
            "banzaicloud.com/last-applied",
            "config.kubernetes.io/origin");

    static Redaction of(Standing standing) {
        var placeholders = standing.resource().getSpec().placeholders();
        return new Redaction(placeholders == null ? List.of() : List.copyOf(placeholders.values()));
    }

    /// An object of the API server as YAML.
    String yaml(Object object) {
        JsonNode tree = JSON.valueToTree(Serialization.unmarshal(Serialization.asJson(object), Map.class));
        blacken(tree);
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /// Without the values of placeholders, wherever they stand.
    String text(String text) {
        var blackened = text;
        for (var value : values) {
            if (value.length() >= LOOKED_FOR_MIN) blackened = blackened.replace(value, BLACK);
        }
        return blackened;
    }

    private void blacken(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(MANAGED);
            object.remove(APPLIED);
            blackenValues(object, "placeholders");
            summarize(object);
            blackenVariable(object);
            for (var name : names(object)) {
                if (object.get(name).isTextual())
                    object.put(name, text(object.get(name).asText()));
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) array.set(i, text(array.get(i).asText()));
            }
        }
        node.forEach(this::blacken);
    }

    private static void blackenValues(ObjectNode object, String field) {
        if (!(object.get(field) instanceof ObjectNode values)) return;
        for (var name : names(values)) values.put(name, BLACK);
    }

    /// A script's text is SQL with its literals; its digest tells whether two are the same.
    private static void summarize(ObjectNode object) {
        if (!(object.get("inline") instanceof ObjectNode scripts)) return;
        for (var name : names(scripts)) {
            var text = scripts.get(name).asText();
            var digest = Digest.of(Map.of(name, text)).substring(0, 16);
            scripts.put(name, "%s %d characters, digest %s".formatted(BLACK, text.length(), digest));
        }
    }

    private static List<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// An Order is told but for what is blacked out in it; of all other variables nobody knows what they hold.
    private void blackenVariable(ObjectNode object) {
        if (!object.path("name").isTextual() || !object.path("value").isTextual()) return;
        var isOrder = object.path("name").asText().equals(Order.VARIABLE);
        object.put("value", isOrder ? order(object.path("value").asText()) : BLACK);
    }

    private String order(String text) {
        try {
            var order = JSON.readTree(text);
            blacken(order);
            return JSON.writeValueAsString(order);
        } catch (JsonProcessingException none) {
            return BLACK;
        }
    }
}
