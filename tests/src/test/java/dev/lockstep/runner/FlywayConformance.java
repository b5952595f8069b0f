package dev.lockstep.runner;

/// What Flyway's projects rest on, on every database.
abstract class FlywayConformance extends FlywayConfigConformance {}
