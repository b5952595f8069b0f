package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Places;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a gate leaves where the kubelet looks.
final class LastWordsTest {
    @TempDir
    Path root;

    @Test
    void a_gate_that_gives_up_has_said_why_it_waited() throws IOException {
        var file = root.resolve(Places.TERMINATION.substring(1));
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        var dropped = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var world = new World(
                dropped,
                dropped,
                InstantSource.system(),
                RandomGenerator.getDefault(),
                new Stop(),
                root,
                Optional.empty());

        int exit =
                Cli.run(world, "await", "--database=sqlite:" + root.resolve("a.db"), "--revision=7", "--timeout=1ms");

        assertThat(exit).isEqualTo(9);
        assertThat(file)
                .content()
                .startsWith("waiting: no migration has run in this schema yet (sqlite:")
                .endsWith("a.db); its migration comes first: in waves, in this pod's or in an earlier one");
    }
}
