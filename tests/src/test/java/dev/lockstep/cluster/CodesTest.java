package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.handover.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What may be wrong with a resource, its scripts or its database, each told by its code and with what to do. Those
/// that no other test of the cluster brings about.
@OnCluster
@TestInstance(PER_CLASS)
class CodesTest {
    private static final String PET = "CREATE TABLE pet (name text, age int);\n";
    private static final String LESS = "ALTER TABLE pet DROP COLUMN age;\n";
    private static final String AT_ONCE = "contract: {when: Immediately}";
    private static final String UNASKED = "approval: Never";

    private final PostgresPod server;

    CodesTest(Installed installed, PostgresPod server) {
        this.server = server;
    }

    /// @param before as superuser, in the empty database
    /// @param first scripts that succeed; empty for none
    /// @param then what goes wrong
    /// @param more further lines of the spec
    private record Case(
            Code code, String before, Map<String, String> first, Map<String, String> then, List<String> more) {
        static Case fresh(Code code, Map<String, String> scripts, String... more) {
            return new Case(code, "", Map.of(), scripts, List.of(more));
        }

        static Case later(Code code, Map<String, String> then, String... more) {
            return new Case(code, "", Map.of("V1__pet.sql", PET), then, List.of(more));
        }

        String name() {
            return code.name().toLowerCase(Locale.ROOT);
        }
    }

    private static Map<String, String> pet(String... more) {
        var all = new TreeMap<>(Map.of("V1__pet.sql", PET));
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    private static final List<Case> CASES = List.of(
            Case.fresh(Code.ScriptInvalid, Map.of("V1__pet.sql", "-- Phase: some day\n" + PET)),
            Case.fresh(Code.GraphInvalid, pet(), "target: '77'"),
            Case.fresh(
                    Code.MultipleHeads,
                    pet("V2__a.sql", "-- Revises: 1\nSELECT 1;\n", "V3__b.sql", "-- Revises: 1\nSELECT 1;\n")),
            Case.later(Code.MixedPhases, pet("V2__both.sql", "ALTER TABLE pet ADD COLUMN owner text;\n" + LESS)),
            Case.later(
                    Code.ContractInTheWay,
                    pet("V2__less.sql", LESS, "V3__more.sql", "ALTER TABLE pet ADD COLUMN age text;\n")),
            new Case(
                    Code.MissingDown,
                    "",
                    pet("V2__more.sql", "ALTER TABLE pet ADD COLUMN owner text;\n"),
                    pet("V2__more.sql", "ALTER TABLE pet ADD COLUMN owner text;\n"),
                    List.of("target: '1'", "downgrade: Allowed")),
            new Case(
                    Code.PermissionMissing,
                    "CREATE SCHEMA theirs; CREATE TABLE theirs.pet (id int)",
                    Map.of(),
                    Map.of("V1__pet.sql", "ALTER TABLE theirs.pet ADD COLUMN name text;\n"),
                    List.of()),
            new Case(Code.NeedsBaseline, "CREATE TABLE old (id int)", Map.of(), pet(), List.of()),
            Case.fresh(Code.Usage, pet(), "windows: [{cron: '99 * * * *', duration: 1h}]"),
            new Case(
                    Code.MissingScript,
                    "",
                    pet("V2__more.sql", "SELECT 1;\n"),
                    Map.of("V2__more.sql", "SELECT 1;\n"),
                    List.of()));

    /// All at once, for most of the time is spent waiting.
    @Test
    void each_is_told_with_what_to_do() {
        var databases = new ArrayList<PodDatabase>();
        for (var it : CASES) {
            var database = server.fresh(it.name());
            databases.add(database);
            if (!it.before().isEmpty()) database.sql(it.before());
            if (!it.first().isEmpty()) apply(database, it.first(), AT_ONCE, UNASKED);
        }
        for (int i = 0; i < CASES.size(); i++) {
            var it = CASES.get(i);
            if (!it.first().isEmpty()) new Migration(server.namespace(), it.name()).awaitReady();
            apply(databases.get(i), it.then(), it.more().toArray(new String[0]));
        }
        for (var it : CASES) {
            var ready = new Migration(server.namespace(), it.name())
                    .awaitTrouble(it.code().name());
            assertThat(ready.message()).as(it.name()).matches("(?s).{20,}; .{10,}");
        }
    }

    @Test
    void a_target_from_before_a_contract_step_that_has_run() {
        var database = server.fresh("past");
        var migration = apply(database, pet(), AT_ONCE, UNASKED).awaitReady();
        apply(database, pet("V2__less.sql", LESS), AT_ONCE, UNASKED).awaitReady();
        assertThat(migration.status().floor()).isEqualTo("2");

        apply(database, pet("V2__less.sql", LESS), "target: '1'", AT_ONCE, UNASKED);

        assertThat(migration.awaitTrouble("PastContract").message()).contains("deploy a release of revision 2");
    }

    @Test
    void a_server_without_tls_and_a_schema_that_is_not_there() {
        var database = server.fresh("shy");
        var member = "database: {postgresql: {host: db, database: shy, credentials: {secretName: shy-owner}, %s}}";
        var scripts = Migration.inline(pet());

        var tls = Migration.apply(
                server.namespace(), "tls", member.formatted("tls: {mode: require}"), scripts, Migration.NO_BACKUP);
        var schema = Migration.apply(
                server.namespace(),
                "schema",
                member.formatted("tls: {mode: disable}, schema: nowhere"),
                scripts,
                Migration.NO_BACKUP);

        assertThat(tls.awaitTrouble("TlsFailed").message()).contains("TLS");
        assertThat(schema.awaitTrouble("Preflight").message()).contains("nowhere");
        assertThat(database.sql("SELECT to_regclass('pet') IS NULL")).isEqualTo("t");
    }

    @Test
    @Befalls(Mishap.NoPod)
    void a_quota_that_lets_no_job_in(Cluster cluster) {
        try (var full = Namespace.in(cluster)) {
            full.apply("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: none}
                    spec: {hard: {count/jobs.batch: "0"}}
                    """);
            var database = server.fresh("refused");

            var migration =
                    Migration.apply(full, "refused", database.member(), Migration.inline(pet()), Migration.NO_BACKUP);

            assertThat(migration.awaitTrouble("JobRefused").message()).contains("exceeded quota");

            database.createSecret(full);
            full.kubectl("delete", "resourcequota/none");
            migration.awaitReady();
        }
    }

    private static Migration apply(PodDatabase database, Map<String, String> scripts, String... more) {
        var all = new ArrayList<>(List.of(Migration.NO_BACKUP));
        all.addAll(List.of(more));
        return Migration.apply(database, scripts, all.toArray(new String[0]));
    }
}
