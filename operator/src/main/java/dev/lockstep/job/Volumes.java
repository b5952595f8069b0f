package dev.lockstep.job;

import dev.lockstep.handover.Order;
import dev.lockstep.handover.Places;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Source;
import dev.lockstep.observed.Wish;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/// What the runner reads and writes, where [Places] say.
record Volumes(List<Volume> volumes, List<VolumeMount> mounts) {
    static final String MIGRATIONS = "migrations";
    static final String SCRATCH = "tmp";

    static Volumes of(Identity identity, Wish wish) {
        var all = new Volumes(new ArrayList<>(), new ArrayList<>());
        all.add(scratch(), "/tmp", false);
        all.add(scripts(identity, wish.source()), Places.MIGRATIONS, true);
        wish.order().database().postgresql().ifPresent(all::add);
        wish.order().database().sqlite().ifPresent(it -> all.add(claim("data", it.claimName()), Places.DATA, false));
        wish.backups().ifPresent(it -> all.add(claim("backups", it), Places.BACKUPS, false));
        return all;
    }

    private void add(Order.Postgresql database) {
        add(secret("credentials", database.secretName()), Places.CREDENTIALS, true);
        database.caSecretName().ifPresent(it -> add(secret("ca", it), Places.CA, true));
        database.clientSecretName().ifPresent(it -> add(secret("client", it), Places.CLIENT, true));
    }

    private void add(Volume volume, String path, boolean readOnly) {
        volumes.add(volume);
        mounts.add(new VolumeMountBuilder()
                .withName(volume.getName())
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build());
    }

    static Volume scratch() {
        return new VolumeBuilder()
                .withName(SCRATCH)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    /// The ConfigMap is not optional: the operator has just made it, and a pod that sees it a moment late must not
    /// find an empty folder. A claim is mounted for reading alone, so that its files keep their group.
    private static Volume scripts(Identity identity, Source source) {
        var volume = new VolumeBuilder().withName(MIGRATIONS);
        return switch (source) {
            case Source.Texts(var files) ->
                volume.withNewConfigMap()
                        .withName(ScriptsMap.name(identity, files))
                        .endConfigMap()
                        .build();
            case Source.Claim(var name) ->
                volume.withNewPersistentVolumeClaim(name, true).build();
            case Source.Image image
            when image.copied() -> volume.withNewEmptyDir().endEmptyDir().build();
            case Source.Image image ->
                volume.withNewImage()
                        .withReference(image.reference())
                        .endImage()
                        .build();
        };
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

    static Volume claim(String volume, String name) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewPersistentVolumeClaim()
                .withClaimName(name)
                .endPersistentVolumeClaim()
                .build();
    }
}
