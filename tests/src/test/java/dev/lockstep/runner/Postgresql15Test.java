package dev.lockstep.runner;

import dev.lockstep.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;

/// PostgreSQL 15.
@ExtendWith(Shortened.class)
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
