package dev.lockstep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/// What Flyway itself says about a history, without anything of ours.
interface PlainFlyway {
    /// What its `validate` finds wrong; empty when it is content.
    ///
    /// @param scripts file name to text
    static Optional<String> complaint(String url, String user, String password, Map<String, String> scripts) {
        try {
            var folder = Files.createTempDirectory("lockstep-scripts-");
            for (var script : scripts.entrySet()) {
                var file = Files.writeString(folder.resolve(script.getKey()), script.getValue());
                file.toFile().deleteOnExit();
            }
            return complaint(url, user, password, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> complaint(String url, String user, String password, Path folder) {
        var result = Flyway.configure()
                .dataSource(url, user, password)
                .locations("filesystem:" + folder)
                .load()
                .validateWithResult();
        return result.validationSuccessful ? Optional.empty() : Optional.of(result.getAllErrorMessages());
    }
}
