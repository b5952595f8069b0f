package dev.lockstep.job;

import dev.lockstep.decision.Decision.Start;
import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Run;
import dev.lockstep.observed.Source;
import dev.lockstep.observed.Wire;
import dev.lockstep.observed.Wish;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The Job of one run.
public final class RunnerJob {
    /// SIGTERM lets a statement end and the Report be written; `pg_dump` needs the longest.
    private static final Duration GRACE = Duration.ofSeconds(60);

    /// The runner keeps the deadline itself; the Job's own, for a runner that hangs, must come later.
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /// A person who comes back the next day still finds the log.
    private static final Duration KEPT = Duration.ofDays(1);

    /// Further attempts say the same again; a day of them would be 288 Jobs.
    private static final Duration KEPT_AGAIN = Duration.ofHours(1);

    /// What a check has found is in the status; one a minute would be many Jobs.
    private static final Duration KEPT_CHECK = Duration.ofMinutes(10);

    /// No mesh between runner and database, since its proxy would outlive the run; no autoscaler that evicts it.
    private static final Map<String, String> LEFT_ALONE = Map.of(
            "sidecar.istio.io/inject", "false",
            "linkerd.io/inject", "disabled",
            "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
            "karpenter.sh/do-not-disrupt", "true");

    private RunnerJob() {}

    /// The Job; its name is the same for the same resource, order and number.
    ///
    /// @param nodes where the claim of a SQLite file is in use; empty for anywhere
    public static Job of(Identity identity, Start start, RunnerImage image, List<String> nodes) {
        var wish = start.wish();
        return new JobBuilder()
                .withMetadata(Labels.owned(identity, name(identity, start), notes(start)))
                .withNewSpec()
                .withBackoffLimit(0)
                .withPodReplacementPolicy("Failed")
                .withActiveDeadlineSeconds(wish.deadline().plus(MARGIN).toSeconds())
                .withTtlSecondsAfterFinished((int) kept(start).toSeconds())
                .withNewTemplate()
                .withMetadata(podMetadata(identity, wish))
                .withSpec(pod(identity, start, image, nodes))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Duration kept(Start start) {
        if (start.checks()) return KEPT_CHECK;
        return start.attempt() == 1 ? KEPT : KEPT_AGAIN;
    }

    private static String name(Identity identity, Start start) {
        return JobName.of(identity.name(), start.fingerprint(), start.number());
    }

    private static Map<String, String> notes(Start start) {
        var notes = new TreeMap<>(Map.of(
                Run.ORDER, start.fingerprint(),
                Run.NUMBER, Integer.toString(start.number()),
                Run.ATTEMPT, Integer.toString(start.attempt()),
                Run.LEG, start.leg().contract().name()));
        start.leg().approved().ifPresent(it -> notes.put(Run.APPROVED, it));
        start.external().ifPresent(it -> notes.put(Run.SAVED_AS, it));
        notes.putAll(start.words().annotations());
        return notes;
    }

    private static ObjectMeta podMetadata(Identity identity, Wish wish) {
        var labels = new TreeMap<>(wish.placement().labels());
        labels.putAll(Labels.of(identity));
        labels.put("sidecar.istio.io/inject", "false");
        var annotations = new TreeMap<>(wish.placement().annotations());
        annotations.putAll(LEFT_ALONE);
        return new ObjectMetaBuilder()
                .withLabels(labels)
                .withAnnotations(annotations)
                .build();
    }

    private static PodSpec pod(Identity identity, Start start, RunnerImage image, List<String> nodes) {
        var volumes = Volumes.of(identity, start.wish());
        var placement = start.wish().placement();
        return new PodSpecBuilder()
                .withInitContainers(Copying.of(start.wish()))
                .withContainers(container(identity, start, image, volumes))
                .withVolumes(volumes.volumes())
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE.toSeconds())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(Guard.pod(placement))
                .withNodeSelector(placement.nodeSelector())
                .withTolerations(placement.tolerations())
                .withAffinity(Beside.affinity(placement, nodes).orElse(null))
                .withPriorityClassName(placement.priorityClassName().orElse(null))
                .withServiceAccountName(placement.serviceAccountName().orElse(null))
                .withImagePullSecrets(pullSecrets(start.wish()))
                .build();
    }

    private static Container container(Identity identity, Start start, RunnerImage image, Volumes volumes) {
        return new ContainerBuilder()
                .withName(Places.CONTAINER)
                .withImage(image.reference())
                .withImagePullPolicy(image.pullPolicy())
                .withArgs("order")
                .addNewEnv()
                .withName(Order.VARIABLE)
                .withValue(Wire.text(start.order(name(identity, start))))
                .endEnv()
                .withVolumeMounts(volumes.mounts())
                .withResources(start.wish().placement().resources())
                .withTerminationMessagePath(Places.TERMINATION)
                .withTerminationMessagePolicy("File")
                .withSecurityContext(Guard.container().build())
                .build();
    }

    private static List<LocalObjectReference> pullSecrets(Wish wish) {
        var own = wish.source() instanceof Source.Image image ? image.pullSecrets() : List.<String>of();
        return Stream.concat(wish.placement().imagePullSecrets().stream(), own.stream())
                .distinct()
                .map(LocalObjectReference::new)
                .toList();
    }
}
