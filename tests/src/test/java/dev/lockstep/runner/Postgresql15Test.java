package dev.lockstep.runner;

import dev.lockstep.server.PostgresServer;
import java.nio.file.Path;

/// PostgreSQL 15.
@Shortened(toOneOf = 6)
final class Postgresql15Test extends PostgresqlConformance {
    @Override
    Bed bed() {
        return Bed.postgresql(15);
    }

    @Override
    Path otherAuthority() {
        return PostgresServer.start(18).ca();
    }
}
