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

    /// Where the API server is, and whom to trust there, as a kubeconfig has it.
    String address() {
        var config = client.getConfiguration();
        var authority = config.getCaCertData() == null
                ? "certificate-authority: " + config.getCaCertFile()
                : "certificate-authority-data: " + config.getCaCertData();
        return "server: \"%s\", %s".formatted(config.getMasterUrl(), authority);
    }

    /// The kubeconfig of somebody who is known by a token.
    ///
    /// @param address as [#address]
    static String kubeconfig(String address, String token, String namespace) {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {%s}}]
                users: [{name: here, user: {token: "%s"}}]
                contexts: [{name: here, context: {cluster: here, user: here, namespace: %s}}]
                """.formatted(address, token, namespace);
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
