package dev.lockstep.runner;

import dev.lockstep.server.PostgresServer;
import org.junit.jupiter.api.BeforeEach;

/// A Flyway project, one database for Lockstep and one for plain Flyway.
abstract class FlywayWorkplace extends Workplace {
    Twins twins = Twins.of(terminal, terminal.bed());

    abstract Bed bed(String name);

    @Override
    Bed bed() {
        return bed("lockstep");
    }

    @BeforeEach
    void openOther() {
        twins = Twins.of(terminal, bed("flyway"));
    }

    boolean isSqlite() {
        return database().vendor().equals("sqlite");
    }

    static Bed fresh(int major) {
        var server = PostgresServer.start(major);
        return new Bed.Postgresql(server, server.fresh());
    }
}
