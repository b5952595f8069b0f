package dev.lockstep.job;

import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Run;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/// What is written on everything that belongs to a resource.
final class Labels {
    private Labels() {}

    static Map<String, String> of(Identity identity) {
        return Map.of(
                Run.MANAGED_BY,
                Run.LOCKSTEP,
                "app.kubernetes.io/name",
                "lockstep-runner",
                Run.MIGRATION,
                identity.name());
    }

    static ObjectMeta owned(Identity identity, String name, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withNamespace(identity.namespace())
                .withName(name)
                .withLabels(new TreeMap<>(of(identity)))
                .withAnnotations(new TreeMap<>(annotations))
                .withOwnerReferences(owner(identity))
                .build();
    }

    /// Without `blockOwnerDeletion`: some clusters demand a right on finalizers for it, and garbage is collected
    /// anyway.
    static OwnerReference owner(Identity identity) {
        return new OwnerReferenceBuilder()
                .withApiVersion(SchemaMigration.GROUP + "/" + SchemaMigration.VERSION)
                .withKind("SchemaMigration")
                .withName(identity.name())
                .withUid(identity.uid())
                .withController(true)
                .build();
    }
}
