package dev.lockstep.reconcile;

import dev.lockstep.observed.Run;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.SchemaMigrationApproval;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The watches on Jobs, pods, approvals and scripts. All but the approvals are filtered by label, for the memory is not
/// for what is none of our business.
final class Watches {
    /// What runs are made of.
    private static final String OURS = Run.MANAGED_BY + "=" + Run.LOCKSTEP + "," + Run.MIGRATION;

    /// A person's ConfigMaps; those that we make carry the same label and never change.
    private static final String SCRIPTS = Run.MANAGED_BY + "!=" + Run.LOCKSTEP + "," + Run.MIGRATION;

    private Watches() {}

    static List<EventSource<?, SchemaMigration>> of(EventSourceContext<SchemaMigration> context) {
        return List.of(
                watch(Job.class, OURS, context),
                watch(Pod.class, OURS, context),
                watch(ConfigMap.class, SCRIPTS, context),
                approvals(context));
    }

    private static EventSource<SchemaMigrationApproval, SchemaMigration> approvals(
            EventSourceContext<SchemaMigration> context) {
        var configuration = InformerEventSourceConfiguration.from(SchemaMigrationApproval.class, SchemaMigration.class)
                .withNamespacesInheritedFromController()
                .withInformerListLimit(Loop.PAGE)
                .withSecondaryToPrimaryMapper(it -> Set.of(new ResourceID(
                        it.getSpec().migration(), it.getMetadata().getNamespace())))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static <T extends HasMetadata> EventSource<T, SchemaMigration> watch(
            Class<T> type, String labels, EventSourceContext<SchemaMigration> context) {
        var configuration = InformerEventSourceConfiguration.from(type, SchemaMigration.class)
                .withLabelSelector(labels)
                .withNamespacesInheritedFromController()
                .withInformerListLimit(Loop.PAGE)
                .withSecondaryToPrimaryMapper(Watches::resource)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> resource(HasMetadata object) {
        var labels = Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return Optional.ofNullable(labels.get(Run.MIGRATION))
                .map(name -> Set.of(new ResourceID(name, object.getMetadata().getNamespace())))
                .orElse(Set.of());
    }
}
