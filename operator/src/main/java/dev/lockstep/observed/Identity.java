package dev.lockstep.observed;

import dev.lockstep.resource.SchemaMigration;

/// Which resource, and which edition of its spec.
///
/// @param generation counted up by the API server whenever the spec changes
public record Identity(String namespace, String name, String uid, long generation) {

    /// Of a resource that the API server has.
    public static Identity of(SchemaMigration resource) {
        var metadata = resource.getMetadata();
        return new Identity(metadata.getNamespace(), metadata.getName(), metadata.getUid(), metadata.getGeneration());
    }

    /// The ConfigMap that tells the application where its schema is.
    public String schemaMap() {
        return name + "-schema";
    }

    /// `namespace/name`.
    public String path() {
        return namespace + "/" + name;
    }
}
