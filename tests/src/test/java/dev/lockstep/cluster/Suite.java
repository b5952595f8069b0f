package dev.lockstep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/// The one cluster of all test classes, with the images in it; JUnit closes it after the last.
record Suite(Cluster cluster, Optional<K3sContainer> container) implements AutoCloseable {
    /// Our stand-in keeps containerd's socket where K3s does not; `ctr` without an address is K3s' own, which
    /// knows.
    private static final String IMPORT = """
            socket=/var/lib/kube/run/containerd.sock
            [ -S $socket ] && address="--address $socket"
            exec ctr $address --namespace k8s.io images import /tmp/image.tar
            """;

    static Suite start(Source source) {
        return switch (source) {
            case Source.Given(var kubeconfig, var ours) -> given(kubeconfig, ours);
            case Source.Started(var image) -> started(image);
            case Source.Missing(var why) -> throw new IllegalStateException(why);
        };
    }

    @Override
    public void close() {
        cluster.close();
        container.ifPresent(K3sContainer::stop);
    }

    private static Suite given(Path kubeconfig, boolean ours) {
        if (ours) {
            var command = Stream.concat(Stream.of(Source.loader()), Cluster.images().stream())
                    .map(Path::toString)
                    .toList();
            var loaded = Shell.run(command);
            if (!loaded.succeeded()) throw new IllegalStateException(loaded.output());
        }
        return new Suite(Cluster.at(kubeconfig), Optional.empty());
    }

    private static Suite started(String image) {
        @SuppressWarnings("resource") // closed by close(), after the last test
        var container = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        container.start();
        try {
            for (var archive : Cluster.images()) load(container, archive);
            var kubeconfig = Files.createTempFile("lockstep-kubeconfig-", ".yaml");
            kubeconfig.toFile().deleteOnExit();
            Files.writeString(kubeconfig, container.getKubeConfigYaml());
            return new Suite(Cluster.at(kubeconfig), Optional.of(container));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void load(K3sContainer container, Path archive) throws IOException, InterruptedException {
        container.copyFileToContainer(MountableFile.forHostPath(archive), "/tmp/image.tar");
        var result = container.execInContainer("sh", "-c", IMPORT);
        if (result.getExitCode() != 0) throw new IllegalStateException(archive + ": " + result.getStderr());
    }
}
