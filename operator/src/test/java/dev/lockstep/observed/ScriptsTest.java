package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptsTest {
    @Test
    void binary_entries_that_are_text_are_scripts_like_the_others() {
        var map = new ConfigMapBuilder()
                .withData(Map.of("V1__a.sql", "a"))
                .withBinaryData(Map.of("V2__b.sql", "Yg=="))
                .build();

        assertThat(wanted(map))
                .isInstanceOfSatisfying(
                        Wish.class,
                        wish -> assertThat(wish.source())
                                .isEqualTo(new Source.Texts(Map.of("V1__a.sql", "a", "V2__b.sql", "b"))));
    }

    @Test
    void a_config_map_with_the_resources_label_need_not_be_asked_for_again_and_again() {
        var resource = resource("{configMap: {name: scripts}}");
        var name = resource.getMetadata().getName();

        assertThat(Scripts.isPolled(resource, Optional.of(labelled(Map.of(Run.MIGRATION, name)))))
                .isFalse();
        assertThat(Scripts.isPolled(resource, Optional.of(labelled(Map.of(Run.MIGRATION, "another")))))
                .isTrue();
        assertThat(Scripts.isPolled(resource, Optional.of(labelled(Map.of())))).isTrue();
        assertThat(Scripts.isPolled(resource, Optional.empty())).isTrue();
        assertThat(Scripts.isPolled(
                        resource, Optional.of(labelled(Map.of(Run.MIGRATION, name, Run.MANAGED_BY, Run.LOCKSTEP)))))
                .as("those that we make are not watched")
                .isTrue();
        assertThat(Scripts.isPolled(resource("{inline: {V1.sql: x}}"), Optional.empty()))
                .isFalse();
    }

    private static ConfigMap labelled(Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    @Test
    void what_is_not_text_is_refused() {
        var map = new ConfigMapBuilder()
                .withBinaryData(Map.of("V1__a.sql", "//79"))
                .build();

        assertThat(code(wanted(map))).contains(Code.ScriptInvalid);
    }

    @Test
    void an_empty_config_map_is_told_like_a_missing_one() {
        assertThat(code(wanted(new ConfigMap()))).contains(Code.FilesMissing);
    }

    @Test
    void the_config_map_that_tells_where_the_schema_is_has_no_scripts() {
        var resource = resource("{configMap: {name: orders-schema}}");
        resource.getMetadata().setName("orders");
        var map = new ConfigMapBuilder().withData(Map.of("V1.sql", "x")).build();

        assertThat(line(Scripts.wanted(resource, Optional.of(map), Floor.NONE))).contains("another name");
    }

    @Test
    void a_name_that_no_config_map_can_carry_is_refused_with_its_name() {
        var wanted = Scripts.wanted(resource("{inline: {V1 a.sql: x}}"), Optional.empty(), Floor.NONE);

        assertThat(wanted)
                .isInstanceOfSatisfying(
                        Wanted.Unclear.class,
                        unclear -> assertThat(unclear.failure().line()).startsWith("inline: file name V1 a.sql"));
    }

    @Test
    void inline_scripts_have_their_bound() {
        var wanted = Scripts.wanted(
                resource("{inline: {V1.sql: " + "x".repeat(128 * 1024) + "}}"), Optional.empty(), Floor.NONE);

        assertThat(code(wanted)).contains(Code.ScriptInvalid);
        assertThat(line(wanted)).contains("move them to a ConfigMap", "--server-side");
    }

    @Test
    void a_config_map_has_its_bound_and_what_has_none_is_named() {
        var map = new ConfigMapBuilder()
                .withData(Map.of("V1.sql", "x".repeat(1000 * 1024)))
                .build();

        assertThat(code(wanted(map))).contains(Code.ScriptInvalid);
        assertThat(line(wanted(map))).contains("migrations.image", "migrations.claim");
    }

    @Test
    void scripts_that_only_the_run_will_see_have_a_place_and_no_digest() {
        var image = (Wish) seen("{image: {reference: 'app:1', delivery: Volume}}");
        var copied = (Wish) seen("{image: {reference: 'app:1', path: /db}}");
        var claim = (Wish) seen("{claim: {claimName: files, path: a/b}}");

        assertThat(image.order().files().digest()).isEmpty();
        assertThat(image.order().files().path()).contains("migrations");
        assertThat(copied.order().files().path()).isEmpty();
        assertThat(claim.order().files().path()).contains("a/b");
        assertThat(claim.order().files().source()).isEqualTo("claim files, folder a/b");
        assertThat(copied.source()).isEqualTo(new Source.Image("app:1", "/db", true, List.of()));
    }

    @Test
    void another_image_folder_or_delivery_asks_for_another_run() {
        assertThat(List.of(
                        "{image: {reference: 'app:1'}}",
                        "{image: {reference: 'app:2'}}",
                        "{image: {reference: 'app:1', path: /db}}",
                        "{image: {reference: 'app:1', delivery: Volume}}",
                        "{claim: {claimName: files}}"))
                .extracting(it -> ((Wish) seen(it)).fingerprint())
                .doesNotHaveDuplicates();
    }

    private static Wanted seen(String migrations) {
        return Scripts.wanted(resource(migrations), Optional.empty(), Floor.NONE);
    }

    private static String line(Wanted wanted) {
        return wanted instanceof Wanted.Unclear(var failure) ? failure.line() : "";
    }

    private static Wanted wanted(ConfigMap map) {
        return Scripts.wanted(resource("{configMap: {name: scripts}}"), Optional.of(map), Floor.NONE);
    }

    private static Optional<Code> code(Wanted wanted) {
        return wanted instanceof Wanted.Unclear(var failure) ? Optional.of(failure.code()) : Optional.empty();
    }

    private static SchemaMigration resource(String migrations) {
        return Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: orders, namespace: shop, uid: u-1, generation: 1}
                spec: {database: {sqlite: {claimName: c, path: a.db}}, backup: {when: Never}, migrations: %s}
                """.formatted(migrations), SchemaMigration.class);
    }
}
