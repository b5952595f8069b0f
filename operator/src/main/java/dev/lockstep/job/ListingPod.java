package dev.lockstep.job;

import dev.lockstep.handover.Places;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Placement;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The pod that lists a claim's backups for a person: as careful as a run's, and it can read the claim alone.
public final class ListingPod {
    /// It ends by itself, for whoever has started it may be gone without a word.
    private static final Duration LIFE = Duration.ofMinutes(3);

    private static final String CLAIM = "backups";

    private ListingPod() {}

    /// What is listed.
    ///
    /// @param claim with the backups
    /// @param arguments of the runner
    /// @param variables that the arguments name; they hold where the database is, and nothing by which to get in
    public record Listing(String claim, List<String> arguments, List<EnvVar> variables) {
        public Listing {
            arguments = List.copyOf(arguments);
            variables = List.copyOf(variables);
        }
    }

    /// The pod. Its labels are none of a run's, or the operator would take it for one.
    public static Pod of(Identity identity, String name, Placement placement, RunnerImage image, Listing listing) {
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(identity.namespace())
                        .withName(name)
                        .withLabels(Map.of(
                                "app.kubernetes.io/name", "lockstep-backups",
                                "app.kubernetes.io/managed-by", "kubectl-lockstep",
                                "sidecar.istio.io/inject", "false"))
                        .withAnnotations(Map.of("linkerd.io/inject", "disabled"))
                        .withOwnerReferences(Labels.owner(identity))
                        .build())
                .withSpec(spec(placement, image, listing))
                .build();
    }

    private static PodSpec spec(Placement placement, RunnerImage image, Listing listing) {
        return new PodSpecBuilder()
                .withContainers(container(placement, image, listing))
                .withVolumes(Volumes.scratch(), Volumes.claim(CLAIM, listing.claim()))
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(LIFE.toSeconds())
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(Guard.pod(placement))
                .withNodeSelector(placement.nodeSelector())
                .withTolerations(placement.tolerations())
                .withAffinity(placement.affinity().orElse(null))
                .withServiceAccountName(placement.serviceAccountName().orElse(null))
                .withImagePullSecrets(placement.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .build();
    }

    private static Container container(Placement placement, RunnerImage image, Listing listing) {
        return new ContainerBuilder()
                .withName(Places.CONTAINER)
                .withImage(image.reference())
                .withImagePullPolicy(image.pullPolicy())
                .withArgs(listing.arguments())
                .withEnv(listing.variables())
                .addNewVolumeMount()
                .withName(Volumes.SCRATCH)
                .withMountPath("/tmp")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(CLAIM)
                .withMountPath(Places.BACKUPS)
                .withReadOnly(true)
                .endVolumeMount()
                .withResources(placement.resources())
                .withSecurityContext(Guard.container().build())
                .build();
    }
}
