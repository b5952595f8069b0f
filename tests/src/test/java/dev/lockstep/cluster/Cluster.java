package dev.lockstep.cluster;

import dev.lockstep.server.Repository;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/// A running Kubernetes, with cluster-wide rights on it.
///
/// @param kubeconfig for `helm` and `kubectl`
public record Cluster(Path kubeconfig, KubernetesClient client) implements AutoCloseable {
    static Cluster at(Path kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        return new Cluster(
                kubeconfig, new KubernetesClientBuilder().withConfig(config).build());
    }

    /// What `make images` has left: the runner, the operator and the PostgreSQL of examples and tests.
    static List<Path> images() {
        var folder = Repository.root().resolve("target/images");
        return Stream.of("runner", "operator", "postgres")
                .map(name -> folder.resolve(name + ".tar"))
                .toList();
    }

    /// Runs `kubectl` as this cluster's administrator and returns what it prints; fails with it when it fails.
    public String kubectl(String... arguments) {
        return run(command(arguments));
    }

    /// The same, whether it succeeds or not.
    Shell.Finished tryKubectl(String... arguments) {
        return Shell.run(command(arguments), kubeconfig);
    }

    private static List<String> command(String... arguments) {
        return Stream.concat(
                        Stream.of(Repository.root().resolve("build/kubectl").toString()), Stream.of(arguments))
                .toList();
    }

    /// Runs `helm` as this cluster's administrator and returns what it prints; fails with it when it fails.
    public String helm(String... arguments) {
        return run(helmCommand(arguments));
    }

    /// The same, whether it succeeds or not.
    Shell.Finished tryHelm(String... arguments) {
        return Shell.run(helmCommand(arguments), kubeconfig);
    }

    private static List<String> helmCommand(String... arguments) {
        var helm = Shell.run(List.of(Repository.root().resolve("build/helm").toString()))
                .output();
        return Stream.concat(Stream.of(helm.strip()), Stream.of(arguments)).toList();
    }

    @Override
    public void close() {
        client.close();
    }

    private String run(List<String> command) {
        var finished = Shell.run(command, kubeconfig);
        return finished.succeeded() ? finished.output() : Assertions.fail(command + ":\n" + finished.output());
    }
}
