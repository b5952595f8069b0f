package dev.lockstep.observed;

import dev.lockstep.handover.Places;
import dev.lockstep.handover.Progress;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads [Run]s out of Jobs and their pods.
final class Runs {
    /// A Job and its pod come by two watches, so the Job's end may be seen first, and with a watch that was broken even
    /// before its pod was ever seen. Measured: at most a second apart.
    private static final Duration POD_LAG = Duration.ofSeconds(10);

    /// A start is a matter of seconds; a registry's hiccup should not be told as an obstacle.
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Seen seen;

    Runs(Seen seen) {
        this.seen = seen;
    }

    /// Newest first.
    List<Run> all() {
        return seen.jobs().stream()
                .map(this::run)
                .sorted(Comparator.comparingInt(Run::number).reversed())
                .toList();
    }

    private Run run(Job job) {
        var metadata = job.getMetadata();
        var notes = Absent.or(metadata.getAnnotations(), Map.<String, String>of());
        return new Run(
                metadata.getName(),
                notes.getOrDefault(Run.ORDER, ""),
                number(notes.get(Run.NUMBER)),
                number(notes.get(Run.ATTEMPT)),
                Leg.of(notes.getOrDefault(Run.LEG, ""), Optional.ofNullable(notes.get(Run.APPROVED))),
                createdAt(job),
                Words.of(metadata),
                Optional.ofNullable(notes.get(Run.SAVED_AS)),
                isOwned(job),
                isCurrent(job),
                phase(job, pod(job, seen.pods())));
    }

    private static int number(@Nullable String text) {
        return text == null || !text.matches("[0-9]{1,9}") ? 0 : Integer.parseInt(text);
    }

    private boolean isOwned(Job job) {
        var uid = seen.resource().getMetadata().getUid();
        return job.getMetadata().getOwnerReferences().stream()
                .anyMatch(it -> it.getUid().equals(uid));
    }

    private boolean isCurrent(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(it -> it.getName().equals(Places.CONTAINER))
                .allMatch(it -> it.getImage().equals(seen.image()));
    }

    static Optional<Pod> pod(Job job, Collection<Pod> pods) {
        var uid = job.getMetadata().getUid();
        return pods.stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(it -> it.getUid().equals(uid)))
                .max(Comparator.comparing(Runs::createdAt));
    }

    private static Instant createdAt(HasMetadata object) {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }

    private Run.Phase phase(Job job, Optional<Pod> pod) {
        var state = pod.flatMap(Runs::state);
        var terminated = state.map(ContainerState::getTerminated);
        if (terminated.isPresent()) return ended(terminated.get(), job);
        var lost = pod.flatMap(Runs::lost)
                .or(() -> finished(job).filter(this::isPodGone).map(Runs::ended));
        if (lost.isPresent()) return lost.get();
        if (state.map(ContainerState::getRunning).isPresent())
            return new Run.Phase.Running(pod.flatMap(this::progress));
        if (finished(job).isPresent()) return new Run.Phase.Running(Optional.empty());
        var waited = Duration.between(createdAt(job), seen.now());
        if (waited.compareTo(PATIENCE) < 0) return new Run.Phase.Pending(Optional.empty());
        return new Run.Phase.Pending(Obstacles.of(job, pod, seen.events()));
    }

    private Optional<Progress> progress(Pod pod) {
        return seen.log().apply(pod).stream()
                .flatMap(line -> Progress.read(line).stream())
                .reduce((earlier, later) -> later);
    }

    static Optional<ContainerState> state(Pod pod) {
        return statuses(pod).stream()
                .filter(it -> it.getName().equals(Places.CONTAINER))
                .map(ContainerStatus::getState)
                .filter(it -> it != null)
                .findFirst();
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getContainerStatuses)
                .orElse(List.of());
    }

    /// An evicted pod fails as a whole and may never say anything about its containers.
    private static Optional<Run.Phase> lost(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .filter(it -> "Failed".equals(it.getPhase()) || "Succeeded".equals(it.getPhase()))
                .map(it -> new Run.Phase.Ended(
                        Optional.ofNullable(it.getStartTime())
                                .map(Instant::parse)
                                .orElse(createdAt(pod)),
                        Optional.empty(),
                        uncopied(it)
                                .orElseGet(() -> "its pod failed: " + Absent.or(it.getReason(), "no reason given"))));
    }

    /// What the container said that was to bring the scripts.
    private static Optional<String> uncopied(PodStatus status) {
        return status.getInitContainerStatuses().stream()
                .map(it -> it.getState().getTerminated())
                .filter(it -> it != null && it.getExitCode() != 0)
                .map(it -> "the scripts could not be copied out of migrations.image: "
                        + Absent.or(it.getMessage(), Absent.or(it.getReason(), "Error"))
                                .strip()
                                .replaceAll("\\s+", " ")
                        + " (exit status " + it.getExitCode() + "); correct its path, or use an image that has cp")
                .findFirst();
    }

    /// Of a container that is to bring the scripts and cannot start.
    static Optional<ContainerState> bringing(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getInitContainerStatuses).orElse(List.of()).stream()
                .map(ContainerStatus::getState)
                .filter(it -> it != null && it.getWaiting() != null)
                .findFirst();
    }

    static Optional<JobCondition> finished(Job job) {
        return Optional.ofNullable(job.getStatus())
                .flatMap(it -> it.getConditions().stream()
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .filter(condition -> condition.getType().equals("Failed")
                                || condition.getType().equals("Complete"))
                        .findFirst());
    }

    private boolean isPodGone(JobCondition finish) {
        return takenForGone(finish).isBefore(seen.now());
    }

    private static Instant takenForGone(JobCondition finish) {
        return Instant.parse(finish.getLastTransitionTime()).plus(POD_LAG);
    }

    private static Run.Phase ended(JobCondition finish) {
        var how = "its pod is gone: " + Absent.or(finish.getReason(), finish.getType());
        return new Run.Phase.Ended(takenForGone(finish), Optional.empty(), how);
    }

    private static Run.Phase ended(ContainerStateTerminated end, Job job) {
        var at = Optional.ofNullable(end.getFinishedAt()).map(Instant::parse).orElse(createdAt(job));
        var report = Optional.ofNullable(end.getMessage()).flatMap(Wire::report);
        var how = "its container ended with exit status " + end.getExitCode() + ", " + Absent.or(end.getReason(), "");
        return new Run.Phase.Ended(at, report, how);
    }
}
