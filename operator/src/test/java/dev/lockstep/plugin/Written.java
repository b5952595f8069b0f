package dev.lockstep.plugin;

import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Resources as the API server would have them.
final class Written {
    static final String HASH = "sha256:" + "ab".repeat(32);

    private Written() {}

    /// @param status its fields, as YAML in braces
    static Standing standing(String status) {
        return standing("", status);
    }

    /// @param more further lines of the document
    static Standing standing(String more, String status) {
        return new Standing(Serialization.unmarshal("""
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: orders, namespace: shop, generation: 2%s}
                spec:
                  database: {sqlite: {claimName: data, path: app.db}}
                  migrations: {inline: {}}
                status: %s
                """.formatted(more, status), SchemaMigration.class));
    }

    static String condition(String type, String status, String reason, String message) {
        return "{type: %s, status: '%s', reason: %s, message: '%s', lastTransitionTime: '2026-01-01T10:00:00Z', observedGeneration: 2}"
                .formatted(type, status, reason, message);
    }

    /// That is Ready, or Stalled, or moves.
    static String conditions(String ready, String moving, String stalled, String reason) {
        return "[%s, %s, %s]"
                .formatted(
                        condition("Ready", ready, reason, ""),
                        condition("Reconciling", moving, reason, ""),
                        condition("Stalled", stalled, reason, ""));
    }
}
