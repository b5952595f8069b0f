package dev.lockstep.job;

import dev.lockstep.handover.Places;
import dev.lockstep.observed.Source;
import dev.lockstep.observed.Wish;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.List;

/// The container that brings the scripts out of their own image, before the run's starts.
final class Copying {
    private Copying() {}

    /// None where they come another way.
    static List<Container> of(Wish wish) {
        return wish.source() instanceof Source.Image image && image.copied()
                ? List.of(container(image, wish))
                : List.of();
    }

    /// What `cp` complains of is the container's last word, for an image may lack the folder, or `cp`.
    private static Container container(Source.Image image, Wish wish) {
        return new ContainerBuilder()
                .withName(Volumes.MIGRATIONS)
                .withImage(image.reference())
                .withCommand("cp", "-R", image.path() + "/.", Places.MIGRATIONS)
                .addNewVolumeMount()
                .withName(Volumes.MIGRATIONS)
                .withMountPath(Places.MIGRATIONS)
                .endVolumeMount()
                .withResources(wish.placement().resources())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withSecurityContext(Guard.stranger(wish.placement()).build())
                .build();
    }
}
