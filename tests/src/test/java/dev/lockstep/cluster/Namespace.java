package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.util.UUID;

/// A namespace that one test has for itself; it is removed after the test, without waiting for it to be gone.
public record Namespace(Cluster cluster, String name) implements AutoCloseable {
    /// The label that says what pods may be.
    static final String PROFILE = "pod-security.kubernetes.io/enforce";

    /// Pods are held to the Pod Security profile 'restricted', as careful platforms do.
    static Namespace in(Cluster cluster) {
        var name = "test-" + UUID.randomUUID().toString().substring(0, 8);
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(PROFILE, "restricted")
                .endMetadata()
                .build();
        cluster.client().resource(namespace).create();
        return new Namespace(cluster, name);
    }

    /// The cluster's client; name this namespace in every call.
    public KubernetesClient client() {
        return cluster.client();
    }

    /// Applies manifests as the tests' field manager, whoever has changed them since.
    public void apply(String yaml) {
        client().load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
                .inNamespace(name)
                .forceConflicts()
                .serverSideApply();
    }

    /// Makes a claim of the cluster's default class.
    public void claim(String claim) {
        apply("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """.formatted(claim));
    }

    /// Runs `kubectl` in this namespace and returns what it prints; fails with it when it fails.
    public String kubectl(String... arguments) {
        return cluster.kubectl(here(arguments));
    }

    /// The same, whether it succeeds or not.
    Shell.Finished tryKubectl(String... arguments) {
        return cluster.tryKubectl(here(arguments));
    }

    private String[] here(String... arguments) {
        var all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[0] = "--namespace";
        all[1] = name;
        return all;
    }

    @Override
    public void close() {
        cluster.client().namespaces().withName(name).delete();
    }
}
