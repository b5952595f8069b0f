package dev.lockstep.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Prometheus' own program for looking through metrics and rules.
record Promtool(String path) {
    private static final Path SCRIPT =
            Path.of("../build/promtool").toAbsolutePath().normalize();

    record Answer(int exit, String text) {}

    /// Finds it, or has it fetched once a machine, which takes a few seconds. Where it is not to be had, the tests are
    /// skipped with one loud line, or fail under `LOCKSTEP_REQUIRE_CLUSTER=1`.
    static Promtool find() {
        var found = answer(Path.of("."), "", List.of(SCRIPT.toString()));
        if (found.exit() == 0) return new Promtool(found.text().lines().toList().getLast());
        if ("1".equals(System.getenv("LOCKSTEP_REQUIRE_CLUSTER"))) throw new IllegalStateException(found.text());
        System.err.println(
                "\n>>> SKIPPED: what Prometheus says of alerts, dashboard and metrics. " + found.text() + "\n");
        return Assumptions.abort(found.text());
    }

    /// @param folder where it finds the files that the words name
    Answer ask(Path folder, String input, String... words) {
        return answer(
                folder, input, Stream.concat(Stream.of(path), Stream.of(words)).toList());
    }

    private static Answer answer(Path folder, String input, List<String> words) {
        try {
            var process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.outputWriter(UTF_8)) {
                in.write(input);
            }
            var text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return new Answer(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
