package dev.lockstep.runner;

import dev.lockstep.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/// PostgreSQL 16.
@Tag("nightly")
final class Postgresql16Test extends PostgresqlConformance {
    @Override
    Bed bed() {
        return Bed.postgresql(16);
    }

    @Override
    Path otherAuthority() {
        return PostgresServer.start(17).ca();
    }
}
