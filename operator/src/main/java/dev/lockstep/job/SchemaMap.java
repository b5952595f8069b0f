package dev.lockstep.job;

import dev.lockstep.observed.Identity;
import dev.lockstep.observed.Run;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the schema stands, as the ConfigMap `<name>-schema`: an application mounts it and switches features by it.
/// `revision` and `floor` are absent as long as there is none.
public final class SchemaMap {
    private SchemaMap() {}

    /// The ConfigMap.
    public static ConfigMap of(Identity identity, Status status) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.owned(identity, identity.schemaMap(), Map.of()))
                .withData(data(status))
                .build();
    }

    /// Was it made by Lockstep? A person's of that name is none to write over.
    public static boolean isOurs(ConfigMap map) {
        var labels = Optional.ofNullable(map.getMetadata().getLabels()).orElse(Map.of());
        return Run.LOCKSTEP.equals(labels.get(Run.MANAGED_BY));
    }

    /// Would it read otherwise than before?
    public static boolean differs(Status status, @Nullable Status before) {
        return before == null || !data(status).equals(data(before));
    }

    private static Map<String, String> data(Status status) {
        var data = new TreeMap<String, String>();
        Optional.ofNullable(status.revision()).ifPresent(it -> data.put("revision", it));
        Optional.ofNullable(status.floor()).ifPresent(it -> data.put("floor", it));
        Optional.ofNullable(status.stage()).ifPresent(it -> data.put("stage", it.name()));
        return data;
    }
}
