package dev.lockstep.cluster;

import dev.lockstep.server.Repository;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// The chart, installed with its defaults, its operator ready: once a suite.
///
/// @param namespace where the operator runs
/// @param release the Helm release's name
public record Installed(Cluster cluster, String namespace, String release) {
    static Installed on(Cluster cluster) {
        var installed = new Installed(cluster, "lockstep-system", "lockstep");
        cluster.client().resource(restricted(installed.namespace())).serverSideApply();
        installed.upgrade();
        return installed;
    }

    /// The operator is held to what its runs are.
    private static io.fabric8.kubernetes.api.model.Namespace restricted(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(Namespace.PROFILE, "restricted")
                .endMetadata()
                .build();
    }

    /// Installs it, or upgrades it to these settings and otherwise the defaults; the operator is ready afterwards.
    void upgrade(String... settings) {
        var set = Stream.of(settings).flatMap(it -> Stream.of("--set", it));
        var command = Stream.of(
                "upgrade --install %s charts/lockstep --namespace %s --create-namespace --reset-values --wait --timeout 2m"
                        .formatted(release, namespace)
                        .split(" "));
        var built = Stream.of("--set-string", "podAnnotations.built=" + built());
        cluster.helm(Stream.of(command, built, set).flatMap(it -> it).toArray(String[]::new));
    }

    /// Uninstalls it; its pods are gone afterwards.
    void uninstall() {
        cluster.helm(
                "uninstall", release, "--namespace", namespace, "--cascade", "foreground", "--wait", "--timeout", "1m");
    }

    /// Takes the operator away without a word; Kubernetes starts another.
    void kill() {
        pods().forEach(pod -> cluster.client().resource(pod).withGracePeriod(0).delete());
    }

    /// The operator's.
    List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/component", "operator")
                .list()
                .getItems();
    }

    /// Takes the operator away for as long as the tests of a class need to be alone with one of their own.
    void rest() {
        scale(0);
    }

    /// The operator is back, and ready.
    void resume() {
        scale(1);
        cluster.kubectl("rollout", "status", "deployment/" + release, "--namespace", namespace, "--timeout=60s");
    }

    private void scale(int replicas) {
        cluster.kubectl(
                "scale", "deployment/" + release, "--namespace", namespace, "--replicas=" + replicas, "--timeout=60s");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> pods().size() == replicas);
    }

    /// What the operator's container has in its environment as the chart has written it, by name.
    Map<String, String> settings() {
        var container = cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(release)
                .require()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        return container.getEnv().stream()
                .filter(it -> it.getValue() != null && it.getName().startsWith("LOCKSTEP_"))
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue, (one, _) -> one, HashMap::new));
    }

    /// Of the operator's service account.
    String token() {
        return cluster.kubectl("create", "token", release, "--namespace", namespace, "--duration=2h")
                .strip();
    }

    /// The image's tag never changes while one works on it, so what it was made of makes its pods new.
    private static String built() {
        var stamp = Repository.root().resolve("target/images/operator.tar.stamp");
        try {
            var madeOf = Files.readString(stamp).strip();
            return madeOf.substring(madeOf.lastIndexOf(' ') + 1).substring(0, 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
