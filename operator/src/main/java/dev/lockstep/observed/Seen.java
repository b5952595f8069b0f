package dev.lockstep.observed;

import dev.lockstep.resource.PodSelector;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.SchemaMigrationApproval;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The API server's objects about one resource, as they came.
///
/// @param files the ConfigMap that the spec names, if it is there
/// @param jobs all Jobs with the resource's label
/// @param pods their pods
/// @param approvals those that name it
/// @param workloads lists pods and what makes pods in a namespace; asked only when a rollout is waited for
/// @param events looks up what has been told about a Job or pod; asked only when one does not start
/// @param log the newest lines that a pod's run has said; asked only of one at work
/// @param image of the runner, as the operator is told to take it now
/// @param floor how lax it may be
public record Seen(
        SchemaMigration resource,
        Optional<ConfigMap> files,
        Collection<Job> jobs,
        Collection<Pod> pods,
        Collection<SchemaMigrationApproval> approvals,
        Function<PodSelector, Workloads> workloads,
        Function<HasMetadata, List<Event>> events,
        Function<Pod, List<String>> log,
        String image,
        Floor floor,
        Instant now) {}
