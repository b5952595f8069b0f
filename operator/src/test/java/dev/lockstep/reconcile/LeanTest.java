package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import org.junit.jupiter.api.Test;

class LeanTest {
    @Test
    void who_has_written_what_is_not_kept_and_the_rest_is() {
        var read = Lean.reading().unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: shop, resourceVersion: '7', managedFields: [{manager: kubectl, operation: Apply}]}
                spec: {target: head}
                """, SchemaMigration.class);

        assertThat(read.getMetadata().getName()).isEqualTo("shop");
        assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getSpec().target()).isEqualTo("head");
    }
}
