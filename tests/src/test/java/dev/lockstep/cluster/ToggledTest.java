package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.resource.SchemaMigration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A resource is given a field, often an odd one, and then is what it was: what has come of the field is gone too.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
class ToggledTest {
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n",
            "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n",
            "U2__age.sql", "ALTER TABLE pet DROP COLUMN age;\n");
    private static final Duration ANSWERED_MAX = Duration.ofSeconds(60);
    private static final String ROWS = "SELECT count(*) FROM pet";

    private final PostgresPod server;
    private PodDatabase database;
    private End end;

    ToggledTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.database = new PodDatabase(server, "toggled");
        this.end = End.NONE;
    }

    @BeforeAll
    void settle() {
        database = server.fresh("toggled");
        end = End.of(apply("target: head").awaitReady(), database, ROWS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target: '1'",
                "target: nowhere",
                "target: base",
                "downgrade: Allowed",
                "approval: Always",
                "approval: Never",
                "contract: {when: Immediately}",
                "contract: {when: Approved}",
                "contract: {when: RolledOut, podSelector: {matchLabels: {app: toggled}}}",
                "locks: {timeout: 1ms, budget: 1s}",
                "batches: {rows: 1, pause: 1s, maxReplicaLag: 1s}",
                "onFailure: Downgrade",
                "placeholders: {of: 'no', account: 'yes'}",
                "historyTable: another",
                "windows: [{cron: '0 0 29 2 *', duration: 1m}]",
                "windows: [{cron: '0 0 31 2 *', duration: 1m}]",
                "driftCheck: {interval: 1m}",
                "suspend: true",
                "runner: {labels: {a: b}, annotations: {a: b}}",
                "runner: {deadline: 1s}",
                "runner: {serviceAccountName: nobody}",
                "runner: {nodeSelector: {lockstep.dev/nowhere: 'yes'}}",
                "runner: {imagePullSecrets: [nobody]}",
                "runner: {resources: {limits: {memory: 200Mi}}}",
                "runner: {tolerations: [{operator: Exists}]}",
                "runner: {priorityClassName: nobody}",
                "runner: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                        + " {nodeSelectorTerms: [{matchExpressions: [{key: lockstep.dev/nowhere, operator: Exists}]}]}}}}",
                "baseline: '1'",
            })
    void what_is_changed_and_changed_back_leaves_nothing(String field) {
        var migration = apply(field);
        migration.await("an answer to " + field, ToggledTest::isAnswered, ANSWERED_MAX);

        apply("target: head").awaitReady();

        assertThat(End.of(migration, database, ROWS).standing()).isEqualTo(end.standing());
    }

    /// Where the database is, who saves it and where its scripts come from: before the arrow what is there, behind it
    /// what takes its place.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "host: -> host: not-",
                "database: toggled -> database: nowhere",
                "credentials: -> port: 1, credentials:",
                "credentials: -> role: nobody, credentials:",
                "credentials: -> schema: nowhere, credentials:",
                "secretName: -> secretName: no-",
                "secretName: -> passwordKey: nothing, secretName:",
                "secretName: -> usernameKey: nothing, secretName:",
                "mode: disable -> mode: require",
                "mode: disable -> mode: verify-full, caSecretName: nobody",
                "mode: disable -> mode: verify-full, caSecretName: nobody, caKey: nothing",
                "mode: disable -> mode: require, clientSecretName: nobody",
                "when: Never -> when: Always, claimName: nobody",
                "when: Never -> when: Destructive, claimName: nobody, scope: Touched, verify: Restore, keep: 1",
                "when: Never -> when: Always, claimName: nobody, maxSize: 1Mi",
                "{inline: .* -> {configMap: {name: nobody}}",
                "{inline: .* -> {claim: {claimName: nobody, path: scripts}}",
                "{inline: .* -> {image: {reference: 'nowhere.invalid/nothing:1', path: /scripts}}",
                "{inline: .* -> {inline: {V1__pet.sql: 'CREATE TABLE cat (name text);'}}",
                "{inline: .* -> {inline: {V1__pet.sql: ''}}",
            })
    void what_is_put_in_another_place_and_back_leaves_nothing(String change) {
        var parts = change.split(" -> ", 2);
        var migration = apply(line -> line.replaceFirst(regex(parts[0]), parts[1]), "target: head");
        migration.await("an answer to " + change, ToggledTest::isAnswered, ANSWERED_MAX);

        apply("target: head").awaitReady();

        assertThat(End.of(migration, database, ROWS).standing()).isEqualTo(end.standing());
    }

    private static String regex(String text) {
        return text.replace("{", "\\{");
    }

    private Migration apply(String field) {
        return apply(UnaryOperator.identity(), field);
    }

    private Migration apply(UnaryOperator<String> change, String field) {
        return Migration.apply(
                server.namespace(),
                database.name(),
                change.apply(database.member()),
                change.apply(Migration.inline(SCRIPTS)),
                change.apply(Migration.NO_BACKUP),
                field);
    }

    private static boolean isAnswered(SchemaMigration resource) {
        return Optional.ofNullable(resource.getStatus().conditions()).stream()
                .flatMap(it -> it.stream())
                .filter(it -> it.type().equals("Ready") && !it.reason().equals("Running"))
                .anyMatch(it ->
                        it.observedGeneration().equals(resource.getMetadata().getGeneration()));
    }
}
