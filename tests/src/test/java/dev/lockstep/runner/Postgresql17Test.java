package dev.lockstep.runner;

import dev.lockstep.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/// PostgreSQL 17.
@Tag("nightly")
final class Postgresql17Test extends PostgresqlConformance {
    @Override
    Bed bed() {
        return Bed.postgresql(17);
    }

    @Override
    Path otherAuthority() {
        return PostgresServer.start(16).ca();
    }
}
