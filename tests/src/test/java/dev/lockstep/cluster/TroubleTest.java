package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a person has got wrong, or what is not there yet: told within half a minute, and carried on with as soon as it
/// is mended, by nobody's order.
@OnCluster
@TestInstance(PER_CLASS)
class TroubleTest {
    private static final String SCRIPTS = Migration.inline(Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n"));
    private static final Duration TOLD_MAX = Duration.ofSeconds(30);

    private final PostgresPod server;
    private final Namespace namespace;

    TroubleTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    /// Changed in the database, then in the Secret: what the next attempt reads is what it mounts anew.
    @Test
    void a_password_that_the_database_has_changed() {
        var database = server.fresh("password");
        database.sql("ALTER ROLE password_owner PASSWORD 'another'");

        var migration = assertTold(
                apply(database, database.member(), SCRIPTS),
                "AuthenticationRefused",
                "refuses user password_owner",
                "correct the password");
        assertThat(migration.condition("Stalled").status()).isEqualTo("True");

        namespace.kubectl(
                "patch", "secret", database.secret(), "--patch", "{\"stringData\":{\"password\":\"another\"}}");
        migration.awaitReady();
    }

    @Test
    void a_missing_secret() {
        var database = server.fresh("secret");
        namespace
                .client()
                .secrets()
                .inNamespace(namespace.name())
                .withName(database.secret())
                .delete();

        var migration = assertTold(
                apply(database, database.member(), SCRIPTS), "SecretMissing", "Secret secret-owner", "create it");

        database.createSecret(namespace);
        migration.awaitReady();
    }

    @Test
    void a_missing_config_map() {
        var database = server.fresh("scripts");
        var from = "migrations: {configMap: {name: not-yet}}";

        var migration =
                assertTold(apply(database, database.member(), from), "FilesMissing", "ConfigMap not-yet", "create it");

        namespace.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: not-yet}
                data: {V1__pet.sql: CREATE TABLE pet (name text);}
                """);
        migration.awaitReady();
        migration.assertRuns(1);
    }

    /// Nor does it keep the run from being told of.
    @Test
    void a_config_map_of_theirs_that_has_the_name_of_ours_is_left_alone() {
        var database = server.fresh("taken");
        namespace.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: taken-schema}
                immutable: true
                data: {theirs: kept}
                """);

        var migration = apply(database, database.member(), SCRIPTS).awaitReady();

        var maps = namespace.client().configMaps().inNamespace(namespace.name());
        assertThat(maps.withName("taken-schema").require().getData()).isEqualTo(Map.of("theirs", "kept"));
        assertThat(migration.events("SchemaMapNotWritten"))
                .singleElement()
                .asString()
                .contains("rename it");
    }

    @Test
    void a_database_that_nobody_answers_for() {
        var database = server.fresh("nobody");

        var migration = assertTold(
                apply(database, database.member("elsewhere"), SCRIPTS),
                "Unreachable",
                "elsewhere:5432",
                "check host, port, network");
        assertThat(migration.status().stage()).hasToString("Planning");
        assertThat(migration.status().waitingFor()).singleElement().asString().contains("elsewhere:5432");

        namespace.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: elsewhere}
                spec: {selector: {app: db}, ports: [{port: 5432}]}
                """);
        migration.awaitReady();
    }

    @Test
    @Befalls(Mishap.NoPod)
    void a_pod_that_no_node_takes() {
        var database = server.fresh("nowhere");
        var room = "lockstep.dev/room-" + namespace.name();
        var placed = "runner: {nodeSelector: {%s: \"yes\"}}".formatted(room);

        var migration = assertTold(
                Migration.apply(namespace, "nowhere", database.member(), SCRIPTS, Migration.NO_BACKUP, placed),
                "Unschedulable",
                "node affinity/selector",
                "correct spec.runner");

        try {
            namespace.kubectl("label", "nodes", "--all", room + "=yes");
            migration.awaitReady();
            migration.assertRuns(1);
        } finally {
            namespace.kubectl("label", "nodes", "--all", room + "-");
        }
    }

    private Migration apply(PodDatabase database, String member, String scripts) {
        return Migration.apply(namespace, database.name(), member, scripts, Migration.NO_BACKUP);
    }

    private static Migration assertTold(Migration migration, String reason, String what, String remedy) {
        var ready = migration.awaitTrouble(reason);
        var created = Instant.parse(migration.read().getMetadata().getCreationTimestamp());

        assertThat(Instant.now()).isBefore(created.plus(TOLD_MAX));
        assertThat(ready).extracting(Condition::message).asString().contains(what, remedy);
        assertThat(migration.events(reason).size()
                        + migration.events("Failed").size()
                        + migration.events("Held").size())
                .as("events that tell of it")
                .isEqualTo(1);
        return migration;
    }
}
