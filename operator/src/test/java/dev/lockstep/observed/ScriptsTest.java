package dev.lockstep.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
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
                        wish -> assertThat(wish.files()).isEqualTo(Map.of("V1__a.sql", "a", "V2__b.sql", "b")));
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
    void a_name_that_no_config_map_can_carry_is_refused_with_its_name() {
        var wanted = Scripts.wanted(resource("{inline: {V1 a.sql: x}}"), Optional.empty());

        assertThat(wanted)
                .isInstanceOfSatisfying(
                        Wanted.Unclear.class,
                        unclear -> assertThat(unclear.failure().line()).startsWith("inline: file name V1 a.sql"));
    }

    @Test
    void inline_scripts_have_their_bound() {
        var wanted = Scripts.wanted(resource("{inline: {V1.sql: " + "x".repeat(128 * 1024) + "}}"), Optional.empty());

        assertThat(code(wanted)).contains(Code.ScriptInvalid);
    }

    private static Wanted wanted(ConfigMap map) {
        return Scripts.wanted(resource("{configMap: {name: scripts}}"), Optional.of(map));
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
