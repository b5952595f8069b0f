package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopTest {
    private static SchemaMigration resource(String metadata) {
        return Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: orders, %s}
                """.formatted(metadata), SchemaMigration.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generation: 2",
                "generation: 1, annotations: {lockstep.dev/retry: a}",
                "generation: 1, annotations: {lockstep.dev/take-over: a}",
                "generation: 1, annotations: {lockstep.dev/external-backup: a}",
                "generation: 1, annotations: {lockstep.dev/retry: b}"
            })
    void another_spec_and_another_word_of_a_person_are_looked_at(String metadata) {
        assertThat(Loop.isNews(resource(metadata), resource("generation: 1"))).isTrue();
    }

    @Test
    void what_else_changes_is_not() {
        var before = resource("generation: 1, resourceVersion: '1', annotations: {lockstep.dev/retry: a}");
        var after = resource(
                "generation: 1, resourceVersion: '2', labels: {a: b}, annotations: {lockstep.dev/retry: a, b: c}");

        assertThat(Loop.isNews(after, before)).isFalse();
    }
}
