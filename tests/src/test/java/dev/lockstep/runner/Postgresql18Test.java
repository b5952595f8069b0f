package dev.lockstep.runner;

import dev.lockstep.server.PostgresServer;
import java.nio.file.Path;

/// PostgreSQL 18; the other half is [Postgresql18OtherTest].
@Half(number = 0)
class Postgresql18Test extends PostgresqlConformance {
    @Override
    Bed bed() {
        return Bed.postgresql(18);
    }

    @Override
    Path otherAuthority() {
        return PostgresServer.start(15).ca();
    }
}
