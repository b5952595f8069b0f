package dev.lockstep.status;

import dev.lockstep.observed.Workloads;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.stream.Stream;

/// The pods of runs, as the kubelet tells of them.
final class Pods {
    private Pods() {}

    /// @param status as YAML
    static Pod of(Job job, String status, Instant now) {
        return new PodBuilder(Serialization.unmarshal("apiVersion: v1\nkind: Pod\nstatus: " + status, Pod.class))
                .withNewMetadata()
                .withName(job.getMetadata().getName() + "-x")
                .withCreationTimestamp(now.toString())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withUid(job.getMetadata().getUid())
                        .build())
                .endMetadata()
                .build();
    }

    static Workloads listed(String... objects) {
        return new Workloads.Listed(Stream.of(objects)
                .map(it -> (HasMetadata) Serialization.unmarshal(it, KubernetesResource.class))
                .toList());
    }
}
