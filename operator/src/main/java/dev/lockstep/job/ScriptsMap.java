package dev.lockstep.job;

import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Wish;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/// The scripts of a run as an immutable ConfigMap, named by their digest: what was ordered stays what is mounted,
/// even
/// when a person edits the source while the pod is on its way.
public final class ScriptsMap {
    private static final int DIGEST = 12;

    private ScriptsMap() {}

    /// The ConfigMap.
    public static ConfigMap of(Identity identity, Wish wish) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.owned(identity, name(identity, wish), Map.of()))
                .withImmutable(true)
                .withData(wish.files())
                .build();
    }

    static String name(Identity identity, Wish wish) {
        return identity.name() + "-" + wish.order().files().digest().substring(0, DIGEST);
    }
}
