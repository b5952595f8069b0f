package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.PostgresClient;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// Two databases and one project: Lockstep migrates the first, plain Flyway the second.
///
/// @param settings what Flyway is told of the project
/// @param options what Lockstep is told of it
record Twins(Terminal terminal, Bed other, UnaryOperator<FluentConfiguration> settings, List<String> options) {
    private static final PostgresClient CLIENT = PostgresClient.find();

    static Twins of(Terminal terminal, Bed other) {
        return new Twins(terminal, other, settings -> settings, List.of());
    }

    Twins told(UnaryOperator<FluentConfiguration> settings, String... options) {
        return new Twins(terminal, other, settings, List.of(options));
    }

    Twins script(String name, String text) {
        terminal.script(name, text);
        return this;
    }

    Twins scripts(Map<String, String> texts) {
        texts.forEach(this::script);
        return this;
    }

    Terminal.Result upgrade() {
        return terminal.upgrade(options.toArray(String[]::new));
    }

    /// Plain Flyway, on either of both.
    Flyway flyway(Bed bed) {
        var configuration = bed.configuration().locations("filesystem:" + terminal.migrations());
        // Else it would hang at CREATE INDEX CONCURRENTLY for ever.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return settings.apply(configuration).load();
    }

    /// Both migrate, and nobody could say which of both did it where.
    Twins migrate() throws SQLException {
        Workplace.succeeds(upgrade());
        flyway(other).migrate();
        alike();
        return this;
    }

    void alike() throws SQLException {
        assertThat(history(terminal.bed())).isEqualTo(history(other));
        assertThat(schema(terminal.bed())).isEqualTo(schema(other));
    }

    /// What has to hold for who wants to go back to Flyway.
    void flywayFindsNothingToDo() {
        var flyway = flyway(terminal.bed());
        flyway.validate();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
    }

    List<String> history(Bed bed) throws SQLException {
        var table = flyway(bed).getConfiguration().getTable();
        return bed.column(
                "select coalesce(installed_rank || '|' || coalesce(version, '-') || '|' || description || '|' || type"
                        + " || '|' || script || '|' || coalesce(checksum, 0) || '|' || success, 'null') from \"" + table
                        + "\" order by installed_rank");
    }

    private static String schema(Bed bed) throws SQLException {
        return switch (bed) {
            case Bed.Postgresql(var _, var database) ->
                CLIENT.schema(
                        database,
                        List.of(
                                "--no-owner",
                                "--no-privileges",
                                "--exclude-table=*.lockstep_schema",
                                "--exclude-table=*.lockstep_objects"));
            case Bed.Sqlite sqlite ->
                String.join(
                        "\n",
                        bed.column(
                                "select coalesce(sql, name) from sqlite_schema"
                                        + " where tbl_name not in ('lockstep_schema', 'lockstep_objects') order by type, name"));
        };
    }
}
