package dev.lockstep.runner;

import org.junit.jupiter.api.Tag;

/// A Flyway project on PostgreSQL 15.
@Tag("nightly")
final class FlywayPostgresql15Test extends FlywayPostgresqlConformance {
    @Override
    Bed bed(String name) {
        return fresh(15);
    }
}
