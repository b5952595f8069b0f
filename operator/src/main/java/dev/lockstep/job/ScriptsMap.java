package dev.lockstep.job;

import dev.lockstep.handover.Digest;
import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Source;
import dev.lockstep.observed.Wish;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;

/// The scripts of a run as an immutable ConfigMap, named by their digest: what was ordered stays what is mounted,
/// even
/// when a person edits the source while the pod is on its way.
public final class ScriptsMap {
    private static final int DIGEST = 12;

    private ScriptsMap() {}

    /// The ConfigMap; absent where the scripts come another way.
    public static Optional<ConfigMap> of(Identity identity, Wish wish) {
        return wish.source() instanceof Source.Texts(var files)
                ? Optional.of(new ConfigMapBuilder()
                        .withMetadata(Labels.owned(identity, name(identity, files), Map.of()))
                        .withImmutable(true)
                        .withData(files)
                        .build())
                : Optional.empty();
    }

    static String name(Identity identity, Map<String, String> files) {
        return identity.name() + "-" + Digest.of(files).substring(0, DIGEST);
    }
}
