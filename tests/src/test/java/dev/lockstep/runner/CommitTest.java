package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.CuttingProxy;
import dev.lockstep.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What travels with a COMMIT: nothing. Whoever is cut off while one message commits and works cannot tell which of the
/// two was done.
final class CommitTest {
    @TempDir
    Path folder;

    @Test
    void a_commit_is_a_request_of_its_own() throws IOException {
        var server = PostgresServer.start(18);
        var terminal = new Terminal(new Bed.Postgresql(server, server.fresh()), folder);
        Corpus.POSTGRESQL.into(terminal);
        try (var proxy = new CuttingProxy(server.port(), 0, false)) {
            Workplace.succeeds(terminal.through(proxy.port(), "upgrade", "--yes", "--backup=never"));

            assertThat(proxy.asked())
                    .filteredOn(request -> request.matches("(?is)(.*\\W)?commit\\W.*"))
                    .hasSizeGreaterThan(10)
                    .allMatch("COMMIT\n"::equals);
        }
    }
}
