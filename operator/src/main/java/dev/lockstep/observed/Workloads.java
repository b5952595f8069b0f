package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/// What runs in a namespace.
public sealed interface Workloads {

    /// Pods, and what makes pods.
    record Listed(List<HasMetadata> objects) implements Workloads {}

    /// The API server does not list them, for this reason.
    record Refused(String reason) implements Workloads {}
}
