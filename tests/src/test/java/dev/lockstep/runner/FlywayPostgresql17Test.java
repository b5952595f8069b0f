package dev.lockstep.runner;

import org.junit.jupiter.api.Tag;

/// A Flyway project on PostgreSQL 17.
@Tag("nightly")
final class FlywayPostgresql17Test extends FlywayPostgresqlConformance {
    @Override
    Bed bed(String name) {
        return fresh(17);
    }
}
