package dev.lockstep.job;

import dev.lockstep.observed.Placement;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import java.util.List;
import java.util.Optional;

/// Brings a run to where the claim of its SQLite file is in use: most claims can be mounted on one node at a
/// time, and
/// locks of SQLite hold on one node only.
final class Beside {
    private Beside() {}

    /// A person's own affinity is not added to: whoever writes one knows the nodes.
    static Optional<Affinity> affinity(Placement placement, List<String> nodes) {
        if (nodes.isEmpty() || placement.affinity().isPresent()) return placement.affinity();
        var byName = new NodeSelectorRequirementBuilder()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(nodes)
                .build();
        return Optional.of(new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .withMatchFields(byName)
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build());
    }
}
