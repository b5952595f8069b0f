package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.server.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

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

    /// Runs these lines of `bash` in a folder; fails with what they print when one of them fails.
    static void script(String lines, Path folder) {
        var finished = run(List.of("bash", "-ec", lines), Map.of(), folder);
        if (!finished.succeeded()) Assertions.fail(finished.output());
    }

    private static Finished run(List<String> command, Map<String, String> environment) {
        return run(command, environment, Repository.root());
    }

    private static Finished run(List<String> command, Map<String, String> environment, Path folder) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
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
