package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// The backups of a terminal, as a person who needs one would look at them.
interface Saved {
    /// Their names, without what belongs to them.
    static List<String> all(Terminal terminal) throws IOException {
        if (!Files.exists(terminal.backups())) {
            return List.of();
        }
        try (var files = Files.list(terminal.backups())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".dump") || file.endsWith(".db"))
                    .toList();
        }
    }

    /// Those that can be read back.
    static List<String> whole(Terminal terminal) throws IOException {
        return all(terminal).stream().filter(file -> isWhole(terminal, file)).toList();
    }

    private static boolean isWhole(Terminal terminal, String file) {
        var verified = terminal.show(
                "backup", "verify", file, "--backup=" + terminal.backups(), "--pg-bin=" + Terminal.tools());
        return verified.exit() == 0;
    }

    static void assertNoHalf(Terminal terminal) throws IOException {
        try (var files = Files.list(terminal.backups())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.contains(".part")))
                    .isEmpty();
        }
    }
}
