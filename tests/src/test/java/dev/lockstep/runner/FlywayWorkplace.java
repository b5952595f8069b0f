package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.server.PostgresServer;
import org.flywaydb.core.api.FlywayException;
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

    /// Flyway too, on its own database, does not take the project as it is.
    void flywayFails() {
        assertThatThrownBy(() -> twins.flyway(twins.other()).migrate()).isInstanceOf(FlywayException.class);
    }

    boolean isSqlite() {
        return database().vendor().equals("sqlite");
    }

    static Bed fresh(int major) {
        var server = PostgresServer.start(major);
        return new Bed.Postgresql(server, server.fresh());
    }
}
