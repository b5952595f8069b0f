package dev.lockstep.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Plural;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The CRD as YAML, made from the records: what fabric8 generates, with the nine things it cannot do. The Maven
/// plugin
/// of the same generator runs in Maven's own JVM, which may be older than our class files, so we call it from
/// here.
final class Crd {
    private static final String HEADER = "# Generated from dev.lockstep.resource; see CONTRIBUTING.md. Do not edit.\n";

    private Crd() {}

    /// @param type with the constant `DESCRIPTION`
    static String yaml(Class<? extends CustomResource<?, ?>> type, String description, Path scratch)
            throws IOException {
        new CRDGenerator()
                .customResourceClasses(type)
                .inOutputDir(scratch.toFile())
                .generate();
        var yaml = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        var crd = (ObjectNode)
                yaml.readTree(scratch.resolve(name(type) + "-v1.yml").toFile());
        keepOnUninstall(crd);
        crd.withArray("/spec/versions").forEach(version -> complete((ObjectNode) version, type, description));
        return HEADER + yaml.writeValueAsString(crd);
    }

    /// `helm uninstall` would otherwise delete every resource of the kind along with the CRD.
    private static void keepOnUninstall(ObjectNode crd) {
        crd.withObject("/metadata/annotations").put("helm.sh/resource-policy", "keep");
    }

    /// `<plural>.lockstep.dev`, which is the file's name too.
    static String name(Class<? extends CustomResource<?, ?>> type) {
        return type.getAnnotation(Plural.class).value() + "." + SchemaMigration.GROUP;
    }

    private static void complete(ObjectNode version, Class<? extends CustomResource<?, ?>> type, String description) {
        version.withObject("/schema/openAPIV3Schema").put("description", description);
        version.path("schema").findValues("x-kubernetes-validations").forEach(rules -> onlyOnce((ArrayNode) rules));
        var properties = version.withObject("/schema/openAPIV3Schema/properties");
        properties.path("spec").findValues("imagePullSecrets").forEach(it -> names((ObjectNode) it));
        properties.path("spec").findValues("pullSecretNames").forEach(it -> names((ObjectNode) it));
        Stream.of("labels", "nodeSelector", "annotations")
                .flatMap(it -> properties.at("/spec/properties/runner").findValues(it).stream())
                .forEach(it -> values((ObjectNode) it));
        if (properties.at("/status/properties").isObject()) {
            conditionsByType(properties.withObject("/status/properties/conditions"));
            properties.withObject("/status/default").put("observedGeneration", Status.UNSEEN);
        } else {
            properties.remove("status"); // a kind that has none
        }
        version.findParents("items").forEach(list -> whole((ObjectNode) list));
        version.set("additionalPrinterColumns", inSourceOrder(type, version.withArray("additionalPrinterColumns")));
    }

    /// The generator finds a rule of a record's component twice: at the field and at what reads it.
    private static void onlyOnce(ArrayNode rules) {
        var distinct =
                StreamSupport.stream(rules.spliterator(), false).distinct().toList();
        rules.removeAll().addAll(distinct);
    }

    /// Makes `conditions` a map for server-side apply, so that another manager's condition survives our writes.
    private static void conditionsByType(ObjectNode conditions) {
        conditions.put("x-kubernetes-list-type", "map");
        conditions.putArray("x-kubernetes-list-map-keys").add("type");
    }

    /// One manager's as a whole, where nothing else is said: which entry of it is which, nothing in it tells.
    private static void whole(ObjectNode list) {
        var type = "x-kubernetes-list-type";
        if (list.path("type").asText().equals("array") && !list.has(type)) list.put(type, "atomic");
    }

    /// Each once, and no longer than a name may be.
    private static void names(ObjectNode list) {
        list.put("x-kubernetes-list-type", "set");
        list.withObject("/items").put("minLength", 1).put("maxLength", 253);
    }

    /// A label's value is shorter by Kubernetes' own rule, of which its pods' API tells.
    private static void values(ObjectNode map) {
        map.withObject("/additionalProperties").put("maxLength", 4_096);
    }

    /// The generator sorts columns by their path.
    private static ArrayNode inSourceOrder(Class<?> type, ArrayNode columns) {
        var sorted = columns.arrayNode();
        Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .forEach(column -> sorted.add(named(column.name(), columns)));
        return sorted;
    }

    private static JsonNode named(String name, ArrayNode columns) {
        return StreamSupport.stream(columns.spliterator(), false)
                .filter(column -> column.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
