package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;
import org.junit.jupiter.api.Test;

/// The project's own configuration says how its scripts are written.
abstract class FlywayConfigConformance extends FlywayLayoutConformance {
    private Path config(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static final String CONF = """
            # a comment
            flyway.url=jdbc:postgresql://not-read/x
            flyway.user=nobody
            flyway.password=secret
            flyway.table=schema_version
            flyway.sqlMigrationPrefix=
            flyway.repeatableSqlMigrationPrefix=always
            flyway.baselineMigrationPrefix=from
            flyway.sqlMigrationSeparator=--
            flyway.sqlMigrationSuffixes=.ddl,POSTGRESQL.sql
            flyway.placeholders.name=things
            flyway.placeholderPrefix=@@
            flyway.placeholderSuffix=@@
            flyway.encoding=UTF-8
            flyway.outOfOrder=true
            flyway.postgresql.transactional.lock=false
            """;
    private static final String TOML = """
            [environments.default]
            url = "jdbc:postgresql://not-read/x"
            user = "nobody"

            [flyway]
            table = "schema_version"
            mixed = true
            sqlMigrationSuffixes = [".pg.sql"]
            [flyway.placeholders]
            a = "one"
            B = "two"
            [flyway.postgresql.transactional]
            lock = false
            """;

    /// What [#CONF] says, in Flyway's own words.
    private FluentConfiguration told(FluentConfiguration settings) {
        settings.getConfigurationExtension(BaselineMigrationConfigurationExtension.class)
                .setBaselineMigrationPrefix("from");
        return settings.table("schema_version")
                .sqlMigrationPrefix("")
                .repeatableSqlMigrationPrefix("always")
                .sqlMigrationSeparator("--")
                .sqlMigrationSuffixes(".ddl", "POSTGRESQL.sql")
                .placeholders(Map.of("name", "things"))
                .placeholderPrefix("@@")
                .placeholderSuffix("@@");
    }

    @Test
    void a_conf_file_tells_names_and_placeholders() throws SQLException, IOException {
        var conf = config("flyway.conf", CONF);
        var told = twins.told(this::told, "--flyway-config=" + conf)
                .script("0--a.ddl", "this is never run")
                .script("2_0--b_cPOSTGRESQL.sql", "insert into things values ('${x}');")
                .script("3--c.ddl", "insert into things values ('t');")
                .script("from0.5--base.ddl", "create table @@name@@ (x varchar(9));")
                .script("more/3.1--d.DDL", "insert into things values ('d');")
                .script("always--e.ddl", "create view v as select x from @@name@@;")
                .script("2--other.sql", "is not run")
                .script("V9__not.sql", "is not run");

        told.migrate().flywayFindsNothingToDo();

        assertThat(told.upgrade().err()).contains("using " + conf);
        assertThat(database().column("select x from things")).containsExactly("${x}", "t", "d");
    }

    @Test
    void a_toml_file_tells_the_same() throws SQLException, IOException {
        var told = twins.told(
                        settings -> settings.table("schema_version")
                                .mixed(true)
                                .sqlMigrationSuffixes(".pg.sql")
                                .placeholders(Map.of("a", "one", "b", "won")),
                        "--flyway-config=" + config("flyway.toml", TOML),
                        "--placeholder=b=won")
                .script("V1__a.pg.sql", "create table t (x varchar(9)); insert into t values ('${a}${b}');")
                .script("V2__b.sql", "is not run");

        told.migrate().flywayFindsNothingToDo();

        assertThat(database().ask("select x from t")).isEqualTo("onewon");
    }

    @Test
    void what_would_change_what_runs_is_refused_by_name() throws IOException {
        terminal.script("V1__a.sql", "select 1;");
        for (var line : List.of(
                "encoding=ISO-8859-1",
                "group=true",
                "target=5",
                "callbacks=com.example.Callback",
                "initSql=select 1",
                "callbackLocations=filesystem:x",
                "nonsense=1",
                "table=${TABLE}")) {
            var conf = config("flyway.conf", "flyway." + line + "\n");
            fails(
                    terminal.upgrade("--flyway-config=" + conf),
                    Code.Usage,
                    conf + ": the setting " + line.replaceFirst("=.*", "") + " ");
        }
        var conf = config("flyway.conf", "flyway.locations=classpath:db/migration\n");
        assertThat(terminal.upgrade("--flyway-config=" + conf).exit()).isZero();
        fails(
                Terminal.type(
                        new dev.lockstep.engine.Stop(),
                        List.of("plan", database().owner().getFirst(), "--flyway-config=" + conf)),
                Code.Usage,
                "classpath:db/migration: only folders");
        fails(terminal.upgrade("--flyway-config=" + config("flyway.toml", "[flyway")), Code.Usage, "");
        fails(terminal.upgrade("--flyway-config=/nowhere"), Code.FilesMissing, "/nowhere");
    }
}
