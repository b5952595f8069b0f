package dev.lockstep.runner;

/// A Flyway project on PostgreSQL 18.
final class FlywayPostgresql18Test extends FlywayPostgresqlConformance {
    @Override
    Bed bed(String name) {
        return fresh(18);
    }
}
