package dev.lockstep.runner;

/// A Flyway project on PostgreSQL 15.
final class FlywayPostgresql15Test extends FlywayPostgresqlConformance {
    @Override
    Bed bed(String name) {
        return fresh(15);
    }
}
