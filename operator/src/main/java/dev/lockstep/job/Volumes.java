package dev.lockstep.job;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Wish;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/// What the runner reads and writes, where [Places] say.
record Volumes(List<Volume> volumes, List<VolumeMount> mounts) {

    static Volumes of(Identity identity, Wish wish) {
        var all = new Volumes(new ArrayList<>(), new ArrayList<>());
        all.add(scratch(), "/tmp", false);
        all.add(scripts(ScriptsMap.name(identity, wish)), Places.MIGRATIONS, true);
        wish.order().database().postgresql().ifPresent(all::add);
        wish.order().database().sqlite().ifPresent(it -> all.add(claim("data", it.claimName()), Places.DATA, false));
        wish.backups().ifPresent(it -> all.add(claim("backups", it), Places.BACKUPS, false));
        return all;
    }

    private void add(Order.Postgresql database) {
        add(secret("credentials", database.secretName()), Places.CREDENTIALS, true);
        database.caSecretName().ifPresent(it -> add(secret("ca", it), Places.CA, true));
    }

    private void add(Volume volume, String path, boolean readOnly) {
        volumes.add(volume);
        mounts.add(new VolumeMountBuilder()
                .withName(volume.getName())
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build());
    }

    private static Volume scratch() {
        return new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    /// Not optional: the operator has just made it, and a pod that sees it a moment late must not find an empty
    /// folder.
    private static Volume scripts(String name) {
        return new VolumeBuilder()
                .withName("migrations")
                .withNewConfigMap()
                .withName(name)
                .endConfigMap()
                .build();
    }

    /// Optional: a pod with a missing Secret would wait without a word, while a runner can name what is missing.
    private static Volume secret(String volume, String name) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewSecret()
                .withSecretName(name)
                .withOptional(true)
                .endSecret()
                .build();
    }

    private static Volume claim(String volume, String name) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewPersistentVolumeClaim()
                .withClaimName(name)
                .endPersistentVolumeClaim()
                .build();
    }
}
