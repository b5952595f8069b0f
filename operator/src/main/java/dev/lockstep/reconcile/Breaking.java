package dev.lockstep.reconcile;

import dev.lockstep.metrics.Metrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/// Counts the looks that broke off, for whatever reason.
public record Breaking(Metrics metrics) implements io.javaoperatorsdk.operator.api.monitoring.Metrics {

    @Override
    public void failedReconciliation(HasMetadata resource, Exception exception, Map<String, Object> metadata) {
        metrics.failed();
    }
}
