package dev.lockstep.status;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import java.util.Objects;

/// What Flux, Helm 4 and every other reader of kstatus makes of a resource: `Compute` of
/// sigs.k8s.io/cli-utils/pkg/kstatus/status. Reconciling and Stalled are looked at first, then Ready, where no rule
/// of a built-in kind applies.
enum Kstatus {
    Current,
    InProgress,
    Failed;

    static Kstatus of(SchemaMigration resource) {
        var status = resource.getStatus();
        if (!resource.getMetadata().getGeneration().equals(status.observedGeneration())) return InProgress;
        if (is(resource, "Reconciling", "True")) return InProgress;
        if (is(resource, "Stalled", "True")) return Failed;
        return is(resource, "Ready", "True") ? Current : InProgress;
    }

    private static boolean is(SchemaMigration resource, String type, String word) {
        return Objects.requireNonNull(resource.getStatus().conditions()).stream()
                .filter(it -> it.type().equals(type))
                .map(Condition::status)
                .anyMatch(word::equals);
    }
}
