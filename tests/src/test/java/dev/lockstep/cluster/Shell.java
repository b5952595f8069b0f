package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.server.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs the programs of this repository and of Kubernetes, in the repository's root.
interface Shell {
    /// What a program has printed, on both streams, and whether it ended well.
    record Finished(boolean succeeded, String output) {}

    static Finished run(List<String> command) {
        return run(command, Map.of());
    }

    static Finished run(List<String> command, Path kubeconfig) {
        return run(command, Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    private static Finished run(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command)
                    .directory(Repository.root().toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Finished(process.waitFor() == 0, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
