package dev.lockstep.runner;

import org.junit.jupiter.api.Tag;

/// A Flyway project on PostgreSQL 16.
@Tag("nightly")
final class FlywayPostgresql16Test extends FlywayPostgresqlConformance {
    @Override
    Bed bed(String name) {
        return fresh(16);
    }
}
