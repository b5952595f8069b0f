package dev.lockstep.cluster;

import dev.lockstep.server.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/// Where the suite's cluster comes from.
sealed interface Source {
    String K3S = "rancher/k3s:v1.35.4-k3s1";

    /// Somebody has started it.
    ///
    /// @param ours it is the one that `make cluster` starts, which images can be loaded into
    record Given(Path kubeconfig, boolean ours) implements Source {}

    /// It is started now, from this image, and removed at the end.
    record Started(String image) implements Source {}

    /// There is none.
    record Missing(String why) implements Source {}

    static Source of(Map<String, String> environment) {
        var unbuilt = Cluster.images().stream().filter(Files::notExists).findFirst();
        if (unbuilt.isPresent()) return new Missing(unbuilt.get() + " is missing; run: make images");

        var kubeconfig =
                Optional.ofNullable(environment.get("LOCKSTEP_KUBECONFIG")).filter(path -> !path.isEmpty());
        if (kubeconfig.isPresent()) return given(Path.of(kubeconfig.get()), environment);

        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return new Missing("LOCKSTEP_KUBECONFIG is not set and no Docker engine answers; run: make check");
        }
        return new Started(environment.getOrDefault("LOCKSTEP_K3S_IMAGE", K3S));
    }

    private static Source given(Path kubeconfig, Map<String, String> environment) {
        var home = Path.of(environment.getOrDefault("LOCKSTEP_CLUSTER", "/var/tmp/lockstep-cluster"));
        var answer = Shell.run(
                List.of(Repository.root().resolve("build/kubectl").toString(), "get", "--raw", "/readyz"), kubeconfig);
        return answer.succeeded()
                ? new Given(kubeconfig, kubeconfig.startsWith(home))
                : new Missing(kubeconfig + ": " + answer.output().strip());
    }

    /// The script that loads images into the cluster of `make cluster`.
    static Path loader() {
        return Repository.root().resolve("tests/cluster/load");
    }
}
