package dev.lockstep.runner;

/// What Flyway's projects rest on, on PostgreSQL.
abstract class FlywayPostgresqlConformance extends FlywayConformance {}
