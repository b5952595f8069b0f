package dev.lockstep.observed;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which code of the application is alive, or may come to life by itself.
public record Rollout(List<Member> members) {
    /// The annotation's name ends in the resource's.
    public static final String REVISION = "revision.lockstep.dev/";

    /// @param objects pods, and what makes pods
    static Rollout of(String migration, LabelSelector selector, Collection<? extends HasMetadata> objects) {
        return new Rollout(objects.stream()
                .flatMap(it -> member(migration, new Selector(selector), it))
                .toList());
    }

    private static Stream<Member> member(String migration, Selector selector, HasMetadata object) {
        return labelled(object)
                .filter(it -> selector.matches(Absent.or(it.getLabels(), Map.of())))
                .map(it -> new Member(
                        object.getKind().toLowerCase(Locale.ROOT) + " "
                                + object.getMetadata().getName(),
                        declared(migration, it)))
                .stream();
    }

    private static Optional<String> declared(String migration, ObjectMeta metadata) {
        return Optional.ofNullable(
                Absent.or(metadata.getAnnotations(), Map.<String, String>of()).get(REVISION + migration));
    }

    /// Whose labels count: a pod's own, or those that its maker will write on it. A terminating pod is alive. An old
    /// ReplicaSet is kept for an undo and makes nothing by itself.
    private static Optional<ObjectMeta> labelled(HasMetadata object) {
        return switch (object) {
            case Pod pod -> Optional.of(pod.getMetadata()).filter(it -> isAlive(pod));
            case Deployment it -> template(it.getSpec().getTemplate());
            case StatefulSet it -> template(it.getSpec().getTemplate());
            case DaemonSet it -> template(it.getSpec().getTemplate());
            case CronJob it -> template(it.getSpec().getJobTemplate().getSpec().getTemplate());
            case ReplicaSet it ->
                template(it.getSpec().getTemplate())
                        .filter(some -> Absent.or(it.getSpec().getReplicas(), 1) > 0);
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

    /// Who keeps the way up to this revision closed, one line each.
    public List<String> below(String revision) {
        if (members.isEmpty()) return List.of("a pod or workload that podSelector matches: there is none");
        return members.stream()
                .filter(it -> it.isOlderThan(revision))
                .map(it -> it.what() + ": declares " + it.declares().orElse("no revision") + ", contract needs "
                        + revision)
                .toList();
    }

    /// Who keeps the way down closed.
    ///
    /// @param revision absent: below the first
    public List<String> above(Optional<String> revision) {
        return members.stream()
                .filter(it -> it.isNewerThan(revision.orElse("0")))
                .map(it ->
                        it.what() + ": declares " + it.declares().orElse("") + ", more than " + revision.orElse("base"))
                .toList();
    }
}
