package dev.lockstep.runner;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where PostgreSQL's own programs are.
final class Tools {
    @Option(names = "--pg-bin", hidden = true, defaultValue = "${env:LOCKSTEP_PG_BIN}")
    private Optional<Path> folder = Optional.empty();

    Optional<Path> folder() {
        return folder;
    }
}
