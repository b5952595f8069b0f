package dev.lockstep.status;

import dev.lockstep.resource.Condition;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import java.util.List;
import java.util.Optional;

/// What Flux, Helm 4 and every other reader of kstatus makes of a resource: `Compute` of
/// sigs.k8s.io/cli-utils/pkg/kstatus/status. Reconciling and Stalled are looked at first, then Ready, where no rule
/// of a built-in kind applies. What a resource does not say is no reason to wait: one without any status is current.
enum Kstatus {
    Current,
    InProgress,
    Failed;

    static Kstatus of(SchemaMigration resource) {
        var status = Optional.ofNullable(resource.getStatus());
        var seen = status.map(Status::observedGeneration);
        if (seen.filter(it -> !it.equals(resource.getMetadata().getGeneration()))
                .isPresent()) return InProgress;
        var conditions = status.map(Status::conditions).orElse(List.of());
        if (is(conditions, "Reconciling", "True")) return InProgress;
        if (is(conditions, "Stalled", "True")) return Failed;
        return is(conditions, "Ready", "False") || is(conditions, "Ready", "Unknown") ? InProgress : Current;
    }

    private static boolean is(List<Condition> conditions, String type, String word) {
        return conditions.stream()
                .filter(it -> it.type().equals(type))
                .map(Condition::status)
                .anyMatch(word::equals);
    }
}
