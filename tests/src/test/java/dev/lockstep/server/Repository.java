package dev.lockstep.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where the tests' own files are, from whichever module or folder they are run.
public interface Repository {
    /// The folder with `mvnw` in it, at or above the working directory.
    static Path root() {
        var start = Path.of("").toAbsolutePath();
        return Stream.iterate(start, path -> path != null, Path::getParent)
                .filter(path -> Files.exists(path.resolve("mvnw")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no mvnw at or above " + start));
    }
}
