package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.server.Repository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the API server lets nobody write, with the sentence that it says.
@OnCluster
class RefusedTest {
    private static final String SERVER = "host: db, database: shop, credentials: {secretName: db}";
    private static final String PLAIN = "{postgresql: {" + SERVER + ", tls: {mode: disable}}}";
    private static final String SCRIPTS = "{inline: {V1__pet.sql: select 1}}";
    private static final String NEVER = "{when: Never}";
    private static final Pattern SAID = Pattern.compile("(?m)^ *(?:- )?message: \"?(.*?)\"?$");

    private static final String FIXED = "an approval cannot be changed; delete it and create another";
    private static final String HASH = "sha256:" + "0".repeat(64);
    private static final String UPPER = "sha256:" + "A".repeat(64);

    private final Installed installed;
    private final Namespace namespace;

    RefusedTest(Installed installed, Namespace namespace) {
        this.installed = installed;
        this.namespace = namespace;
    }

    /// @param message the rule's
    private record Case(String message, String database, String migrations, String backup, String more) {
        String name() {
            return message.startsWith("metadata.name") ? "n".repeat(64) : "refused";
        }

        static Case of(String message, String more) {
            return new Case(message, PLAIN, SCRIPTS, NEVER, more);
        }

        static Case at(String message, String postgresql) {
            return new Case(message, "{postgresql: {" + postgresql + "}}", SCRIPTS, NEVER, "");
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("backup needs claimName, a claim to keep", PLAIN, SCRIPTS, "{keep: 3}", ""),
            new Case(
                    "who takes an External backup keeps it", PLAIN, SCRIPTS, "{method: External, claimName: mine}", ""),
            Case.of("RolledOut needs podSelector", "contract: {when: RolledOut}"),
            Case.of("only RolledOut looks at pods", "contract: {when: Approved, podSelector: {matchLabels: {a: b}}}"),
            Case.of(
                    "supported values: \"DoesNotExist\"",
                    "contract: {podSelector: {matchExpressions: [{key: a, operator: in}]}}"),
            Case.of(
                    "In and NotIn need values",
                    "contract: {podSelector: {matchExpressions: [{key: a, operator: In}]}}"),
            Case.of(
                    "In and NotIn need values",
                    "contract: {podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}"),
            Case.of("metadata.name is longer than 63", ""),
            Case.of("spec.target in body should match", "target: '+1'"),
            new Case(
                    "spec.database.sqlite.path in body should match",
                    "{sqlite: {claimName: data, path: 'app.db?journal_mode=off'}}",
                    SCRIPTS,
                    NEVER,
                    ""),
            Case.of("a duration is a whole number", "locks: {timeout: 1 minute}"),
            Case.of("a duration is a whole number", "locks: {timeout: 501h}"),
            Case.of("a duration is a whole number", "runner: {deadline: 30001m}"),
            Case.of("a duration is a whole number", "windows: [{cron: '0 1 * * *', duration: 1800001s}]"),
            Case.of("an interval is a whole number", "driftCheck: {interval: 501h}"),
            new Case("database needs exactly one of", "{}", SCRIPTS, NEVER, ""),
            new Case(
                    "migrations needs exactly one of",
                    PLAIN,
                    "{configMap: {name: a}, claim: {claimName: b}}",
                    NEVER,
                    ""),
            Case.at("say how the connection is protected", SERVER),
            Case.at("write the host, or hostKey", SERVER + ", hostKey: h, tls: {mode: disable}"),
            Case.at("write the port, or portKey", SERVER + ", port: 5, portKey: h, tls: {mode: disable}"),
            Case.at("write the database, or databaseKey", SERVER + ", databaseKey: h, tls: {mode: disable}"),
            Case.at(
                    "a certificate of the role's own needs TLS",
                    SERVER + ", tls: {mode: disable, clientSecretName: mine}"),
            Case.at("a verified server needs caSecretName", SERVER + ", tls: {mode: verify-ca}"));

    @Test
    void each_rule_refuses_what_it_is_for() {
        for (var it : CASES) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .as(it.message())
                    .isThrownBy(() -> create(it))
                    .withMessageContaining(it.message());
        }
    }

    @Test
    void what_no_rule_is_for_is_let_in() {
        create(Case.of("", ""));
        create(new Case("", "{sqlite: {claimName: data, path: 'shop 1/app.db'}}", SCRIPTS, NEVER, ""));
        create(Case.of("", "locks: {timeout: 1800000000ms, budget: 500h}"));
        create(
                Case.of(
                        "",
                        "contract: {podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}, {key: c, operator: Exists}]}}"));
    }

    /// Who reads it by kstatus, as Flux and Helm 4 do, would take one without a status for ready.
    @Test
    void what_is_new_has_a_status_of_no_generation() {
        var fresh = manifest(Case.of("", ""));
        fresh.getMetadata().setName("fresh");

        var created = namespace.client().resource(fresh).create();

        assertThat(created.<Integer>get("status", "observedGeneration")).isEqualTo(-1);
    }

    @Test
    void each_rule_has_a_case_and_stands_in_the_reference() throws IOException {
        var root = Repository.root();
        var reference = Files.readString(root.resolve("docs/reference/resource.md"));
        var rules = rules(root.resolve("crds/schemamigrations.lockstep.dev.yaml"));
        var ofApprovals = rules(root.resolve("crds/schemamigrationapprovals.lockstep.dev.yaml"));

        assertThat(rules).hasSizeGreaterThan(10);
        for (var rule : rules) {
            assertThat(CASES).as(rule).anyMatch(it -> rule.startsWith(it.message()));
            assertThat(reference).contains(rule);
        }
        assertThat(ofApprovals).containsExactly(FIXED);
        assertThat(reference).contains(FIXED);
    }

    private static List<String> rules(Path kind) throws IOException {
        return SAID.matcher(Files.readString(kind))
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.isEmpty())
                .toList();
    }

    @Test
    void an_approval_names_one_resource_and_one_plan_and_stays_as_it_is() {
        assertApprovalRefused("spec.plan in body should match", "{migration: pet, plan: 'sha256:0123'}");
        assertApprovalRefused("spec.plan in body should match", "{migration: pet, plan: '%s'}".formatted(UPPER));
        assertApprovalRefused("spec.plan: Required value", "{migration: pet}");
        assertApprovalRefused("spec.migration: Required value", "{plan: '%s'}".formatted(HASH));
        assertApprovalRefused(
                "spec.migration in body should be at least 1", "{migration: '', plan: %s}".formatted(HASH));
        namespace.apply(approval("{migration: pet, plan: '%s'}".formatted(HASH)));
        var another = "{migration: pet, plan: '%s'}".formatted(HASH.replace('0', '1'));
        for (var changed : List.of(another, "{migration: cat, plan: '%s'}".formatted(HASH))) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> namespace.apply(approval(changed)))
                    .withMessageContaining(FIXED);
        }
    }

    private void assertApprovalRefused(String message, String spec) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .as(message)
                .isThrownBy(() -> namespace.apply(approval(spec)))
                .withMessageContaining(message);
    }

    private static String approval(String spec) {
        return """
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigrationApproval
                metadata: {name: agreed}
                spec: %s
                """.formatted(spec);
    }

    private void create(Case it) {
        assertThat(installed).isNotNull();
        namespace.client().resource(manifest(it)).dryRun().create();
    }

    private GenericKubernetesResource manifest(Case it) {
        return Serialization.unmarshal(
                """
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: %s, namespace: %s}
                spec:
                  database: %s
                  migrations: %s
                  backup: %s
                  %s
                """.formatted(it.name(), namespace.name(), it.database(), it.migrations(), it.backup(), it.more()),
                GenericKubernetesResource.class);
    }
}
