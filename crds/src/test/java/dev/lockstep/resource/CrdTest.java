package dev.lockstep.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both committed copies of the CRD are what the records say. With `-Dlockstep.golden=write` they are rewritten
/// instead.
class CrdTest {
    private static final Map<Class<? extends CustomResource<?, ?>>, String> KINDS = Map.of(
            SchemaMigration.class, SchemaMigration.DESCRIPTION,
            SchemaMigrationApproval.class, SchemaMigrationApproval.DESCRIPTION);

    private static final Set<String> OF_KUBERNETES = Set.of(
            "spec.runner.affinity", "spec.runner.resources", "spec.runner.tolerations", "spec.contract.podSelector");

    @Test
    void the_committed_copies_are_what_the_records_say(@TempDir Path scratch) throws IOException {
        for (var kind : KINDS.entrySet()) {
            var yaml = Crd.yaml(kind.getKey(), kind.getValue(), scratch);
            var file = Crd.name(kind.getKey()) + ".yaml";
            for (var copy : List.of(Path.of(file), Path.of("../charts/lockstep/templates/" + file))) {
                if ("write".equals(System.getProperty("lockstep.golden"))) {
                    Files.createDirectories(copy.toAbsolutePath().getParent());
                    Files.writeString(copy, yaml);
                }
                assertThat(copy).hasContent(yaml);
            }
        }
    }

    @Test
    void what_a_person_may_write_has_a_bound_wherever_it_is_ours(@TempDir Path scratch) throws IOException {
        for (var kind : KINDS.entrySet()) {
            var crd = new YAMLMapper().readTree(Crd.yaml(kind.getKey(), kind.getValue(), scratch));
            var spec = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
            assertThat(unbounded("spec", spec)).isEmpty();
        }
    }

    @Test
    void what_is_ours_is_explained_and_each_list_says_whose_it_is(@TempDir Path scratch) throws IOException {
        for (var kind : KINDS.entrySet()) {
            var crd = new YAMLMapper().readTree(Crd.yaml(kind.getKey(), kind.getValue(), scratch));
            var properties = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties");
            assertThat(properties.findParents("items"))
                    .filteredOn(it -> it.path("type").asText().equals("array"))
                    .allMatch(it -> it.has("x-kubernetes-list-type"));
            assertThat(Stream.of("spec", "status").flatMap(it -> unexplained(it, properties.path(it))))
                    .isEmpty();
        }
    }

    private static Stream<String> unexplained(String path, JsonNode schema) {
        var fields = Stream.concat(
                schema.path("properties").propertyStream(),
                schema.at("/items/properties").propertyStream());
        return OF_KUBERNETES.contains(path)
                ? Stream.of()
                : fields.flatMap(it -> {
                    var field = path + "." + it.getKey();
                    var here = it.getValue().has("description") ? Stream.<String>of() : Stream.of(field);
                    return Stream.concat(here, unexplained(field, it.getValue()));
                });
    }

    private static Stream<String> unbounded(String path, JsonNode schema) {
        if (OF_KUBERNETES.contains(path)) return Stream.of();
        var below = Stream.concat(
                schema.path("properties").propertyStream(),
                Stream.of("items", "additionalProperties")
                        .filter(it -> schema.path(it).isObject())
                        .map(it -> Map.entry(it, schema.path(it))));
        return Stream.concat(
                isBounded(schema) ? Stream.of() : Stream.of(path),
                below.flatMap(it -> unbounded(path + "." + it.getKey(), it.getValue())));
    }

    private static boolean isBounded(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" ->
                schema.has("enum")
                        || schema.has("maxLength")
                        || schema.path("pattern").asText().contains("}");
            case "array" -> schema.has("maxItems");
            case "object" -> schema.has("properties") || schema.has("maxProperties");
            case "integer" -> schema.has("maximum");
            default -> true;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "head, true",
        "heads, true",
        "20240115103000, true",
        "1.4, true",
        "add-user_prefs.2, true",
        "f6e5+2, true",
        "billing@head, true",
        "+1, false",
        "-1, false",
        "base -1, false",
        "'', false",
        "a@b, false"
    })
    void a_target_names_a_place_wherever_the_database_is(String target, boolean taken) {
        assertThat(target.matches(Spec.TARGET)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "10Gi, true",
        "1.5Ti, true",
        "500M, true",
        "1000000, true",
        "10GiB, false",
        "ten, false",
        "-1Gi, false",
        "9999999Ti, false"
    })
    void a_size_is_a_quantity_of_kubernetes(String size, boolean taken) {
        assertThat(size.matches(Spec.QUANTITY)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "1ms, true",
        "999999999ms, true",
        "1800000000ms, true",
        "1800000001ms, false",
        "2000000000ms, false",
        "1799999s, true",
        "1800000s, true",
        "1800001s, false",
        "29999m, true",
        "30000m, true",
        "30001m, false",
        "9h, true",
        "99h, true",
        "499h, true",
        "500h, true",
        "501h, false",
        "597h, false",
        "1000h, false",
        "0s, false",
        "1 minute, false",
        "1.5h, false"
    })
    void a_duration_is_at_most_five_hundred_hours(String duration, boolean taken) {
        assertThat(duration.matches(Spec.DURATION)).isEqualTo(taken);
        if (!duration.endsWith("s")) {
            assertThat(duration.matches(DriftCheck.INTERVAL)).isEqualTo(taken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "app.db", "shop/app.db", "shop 1/ä#%&=.db"})
    void a_path_is_one_of_a_file_below_the_claim(String path) {
        assertThat(path).matches(Database.PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/app.db",
                "../app.db",
                "shop/.app.db",
                "shop//app.db",
                "app.db?journal_mode=off",
                "?",
                "shop?/app.db",
                "shop/?",
                "app\n.db",
                "\0",
                "shop/\37",
                "app.db\177"
            })
    void a_path_says_nothing_else_to_sqlites_driver(String path) {
        assertThat(path).doesNotMatch(Database.PATH);
    }

    @Test
    void helm_finds_nothing_to_expand_in_it(@TempDir Path scratch) throws IOException {
        for (var kind : KINDS.entrySet()) {
            assertThat(Crd.yaml(kind.getKey(), kind.getValue(), scratch)).doesNotContain("{{");
        }
    }
}
