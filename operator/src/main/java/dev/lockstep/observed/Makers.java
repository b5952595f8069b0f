package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Pods that are alive, and what may make one without anybody's doing.
record Makers(List<HasMetadata> objects) {

    /// Whose labels and annotations count: a pod's own, or those that its maker will write on it. A terminating pod is
    /// alive. Absent for what is no more, or makes nothing by itself.
    Optional<ObjectMeta> labelled(HasMetadata object) {
        return switch (object) {
            case Pod it -> Optional.of(it.getMetadata()).filter(some -> isAlive(it));
            case Deployment it -> template(it.getSpec().getTemplate());
            case StatefulSet it -> template(it.getSpec().getTemplate());
            case DaemonSet it -> template(it.getSpec().getTemplate());
            case CronJob it -> template(it.getSpec().getJobTemplate().getSpec().getTemplate());
            case Job it -> template(it.getSpec().getTemplate()).filter(some -> !hasEnded(it));
            case ReplicaSet it -> template(it.getSpec().getTemplate()).filter(some -> makesPods(it));
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectMeta> template(PodTemplateSpec template) {
        return Optional.ofNullable(template.getMetadata());
    }

    private static boolean isAlive(Pod pod) {
        var phase = pod.getStatus() == null ? "" : Absent.or(pod.getStatus().getPhase(), "");
        return !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    /// One that is suspended has not.
    private static boolean hasEnded(Job job) {
        var conditions = Optional.ofNullable(job.getStatus()).map(JobStatus::getConditions);
        return conditions.orElse(List.of()).stream()
                .filter(it -> it.getStatus().equals("True"))
                .map(JobCondition::getType)
                .anyMatch(it -> it.equals("Complete") || it.equals("Failed"));
    }

    /// An old ReplicaSet is kept for an undo. Only a paused Deployment may scale one up that is not of its template.
    private boolean makesPods(ReplicaSet set) {
        return Absent.or(set.getSpec().getReplicas(), 1) > 0 || isPaused(owner(set)) && isNewest(set);
    }

    private static String owner(HasMetadata object) {
        return Absent.or(object.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .filter(it -> it.getKind().equals("Deployment"))
                .map(OwnerReference::getName)
                .findFirst()
                .orElse("");
    }

    private boolean isPaused(String deployment) {
        return objects.stream()
                .anyMatch(it -> it instanceof Deployment some
                        && some.getMetadata().getName().equals(deployment)
                        && Boolean.TRUE.equals(some.getSpec().getPaused()));
    }

    private boolean isNewest(ReplicaSet set) {
        return objects.stream()
                .filter(it -> it instanceof ReplicaSet && owner(it).equals(owner(set)))
                .max(Comparator.comparing(it -> Absent.or(it.getMetadata().getCreationTimestamp(), "")))
                .filter(set::equals)
                .isPresent();
    }

    /// Does its partition keep pods of an older template, which are made again from that one? Of that template only a
    /// ControllerRevision is left.
    static boolean isSplit(HasMetadata object) {
        return object instanceof StatefulSet set && partition(set) > 0 && isUnderWay(set);
    }

    private static int partition(StatefulSet set) {
        return Optional.ofNullable(set.getSpec().getUpdateStrategy())
                .map(StatefulSetUpdateStrategy::getRollingUpdate)
                .map(RollingUpdateStatefulSetStrategy::getPartition)
                .orElse(0);
    }

    private static boolean isUnderWay(StatefulSet set) {
        var status = Optional.ofNullable(set.getStatus());
        var seen = status.map(it -> it.getObservedGeneration()).orElse(0L);
        return seen < Absent.or(set.getMetadata().getGeneration(), 0L)
                || status.filter(it -> Objects.equals(it.getCurrentRevision(), it.getUpdateRevision()))
                        .isEmpty();
    }
}
