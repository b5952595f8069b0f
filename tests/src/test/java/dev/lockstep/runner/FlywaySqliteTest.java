package dev.lockstep.runner;

/// A Flyway project on SQLite.
final class FlywaySqliteTest extends FlywayConformance {
    @Override
    Bed bed(String name) {
        return new Bed.Sqlite(folder.resolve(name + ".db"));
    }
}
