package dev.lockstep.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Objects without who has written which of their fields: a good part of each that is watched, and nobody here asks.
public final class Lean {
    private Lean() {}

    /// How the operator's client reads and writes.
    public static KubernetesSerialization reading() {
        var mapper = JsonMapper.builder().addMixIn(ObjectMeta.class, Managed.class);
        return new KubernetesSerialization(mapper.build(), true);
    }

    @JsonIgnoreProperties("managedFields")
    private interface Managed {}
}
