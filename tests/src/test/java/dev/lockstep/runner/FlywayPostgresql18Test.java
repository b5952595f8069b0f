package dev.lockstep.runner;

/// A Flyway project on PostgreSQL 18.
@Shortened(toOneOf = 3)
final class FlywayPostgresql18Test extends FlywayPostgresqlConformance {
    @Override
    Bed bed(String name) {
        return fresh(18);
    }
}
