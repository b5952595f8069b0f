package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Why a pod does not start: from the pod itself where it says so, else from the events about it or its Job,
/// which are
/// the only place that names a volume that cannot be mounted or a quota that is used up.
final class Obstacles {
    private static final Set<String> PULL =
            Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");
    private static final Set<String> START = Set.of("ContainerCreating", "PodInitializing");

    /// The scheduler says neither which claim it is nor which pod has it.
    private static final String SHARE =
            "end the pod that uses the claim, or take a claim that is ReadWriteOnce: the run"
                    + " is sent to the node where the application is, and shares it";

    private Obstacles() {}

    static Optional<Run.Obstacle> of(Job job, Optional<Pod> pod, Function<HasMetadata, List<Event>> events) {
        return pod.flatMap(Obstacles::unschedulable)
                .or(() -> pod.flatMap(Obstacles::waiting))
                .or(() -> told(events.apply(pod.<HasMetadata>map(it -> it).orElse(job))));
    }

    private static Optional<Run.Obstacle> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(it -> it.getType().equals("PodScheduled") && "False".equals(it.getStatus()))
                .map(Obstacles::unschedulable)
                .findFirst();
    }

    private static Run.Obstacle unschedulable(PodCondition condition) {
        var message = line(Absent.or(condition.getMessage(), "no node takes the pod"));
        if (message.contains("ReadWriteOncePod")) return new Run.Obstacle("ClaimInUse", message, SHARE);
        return new Run.Obstacle(
                Absent.or(condition.getReason(), "Unschedulable"),
                message,
                "make room, create the claim, or correct spec.runner");
    }

    private static Optional<Run.Obstacle> waiting(Pod pod) {
        return Runs.bringing(pod)
                .or(() -> Runs.state(pod))
                .map(ContainerState::getWaiting)
                .filter(it -> it.getReason() != null && !START.contains(it.getReason()))
                .map(it -> waiting(it.getReason(), Absent.or(it.getMessage(), it.getReason()), pod));
    }

    /// Both words of a failing pull alternate; one of them is told, or the status would change at every look.
    private static Run.Obstacle waiting(String reason, String message, Pod pod) {
        if (!PULL.contains(reason)) return new Run.Obstacle(reason, line(message), correction(pod));
        var word = reason.equals("ErrImagePull") ? "ImagePullBackOff" : reason;
        var cause = message.replaceFirst("(?s)^Back-off pulling image .*?: ErrImagePull: ", "");
        return new Run.Obstacle(
                word,
                line(cause),
                "correct the runner's image or migrations.image, its registry, or the Secrets with the registry's credentials");
    }

    /// A container runtime that knows no image volumes says nothing that leads there. Measured: containerd 1.6.20 says
    /// that it failed to make a directory.
    private static String correction(Pod pod) {
        var volumes =
                Optional.ofNullable(pod.getSpec()).map(PodSpec::getVolumes).orElse(List.of());
        return volumes.stream().anyMatch(it -> it.getImage() != null)
                ? "correct what it names, or write migrations.image.delivery: Copy, for the node may know no image volumes"
                : "correct what it names";
    }

    private static Optional<Run.Obstacle> told(List<Event> events) {
        return events.stream()
                .filter(it -> "Warning".equals(it.getType()) && it.getMessage() != null)
                .max(Comparator.comparing(it -> Absent.or(it.getLastTimestamp(), "")))
                .map(it -> new Run.Obstacle(
                        Absent.or(it.getReason(), "FailedCreate"), line(it.getMessage()), "correct what it names"));
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
