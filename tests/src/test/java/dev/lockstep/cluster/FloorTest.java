package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Whoever installs the chart says how lax a resource may be.
@OnCluster
@Isolated("it changes what the operator lets everybody do")
class FloorTest {
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");
    private static final Map<String, String> PET_AND_AGE = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n");
    private static final Map<String, String> PET_LESS_NAME = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__less.sql", "ALTER TABLE pet DROP COLUMN name;\n");

    private final Installed installed;

    FloorTest(Installed installed) {
        this.installed = installed;
    }

    @AfterEach
    void install_it_as_it_was() {
        installed.upgrade();
    }

    @Tag("nightly")
    @Test
    void a_resource_that_is_laxer_is_raised_or_refused(Namespace namespace) {
        installed.upgrade("policy.approval=Always", "policy.serviceAccounts[0]=migrator");
        namespace.kubectl("create", "serviceaccount", "migrator");
        var database = PostgresPod.start(namespace).fresh("raised");

        var migration = Migration.apply(database, PET, Migration.NO_BACKUP, "approval: Never");
        assertThat(migration.awaitTrouble("PolicyRefused").message()).contains("migrator");
        assertThat(migration.runs()).isEmpty();

        var ours = "runner: {serviceAccountName: migrator}";
        Migration.apply(database, PET, Migration.NO_BACKUP, "approval: Never", ours)
                .awaitReady();
        Migration.apply(database, PET_AND_AGE, Migration.NO_BACKUP, "approval: Never", ours);
        migration.awaitTrouble("ApprovalNeeded");
        assertThat(migration.condition("Raised").message()).contains("approval");
        assertThat(migration.status().revision()).isEqualTo("1");
    }

    /// A resource that says Immediately names no pods, so that a person is asked.
    @Tag("nightly")
    @Test
    void contract_steps_wait_at_least_for_whom_the_chart_says(Namespace namespace) {
        installed.upgrade("policy.contract=RolledOut");
        var server = PostgresPod.start(namespace);
        var hasty = server.fresh("hasty");
        var atOnce = "contract: {when: Immediately}";
        var migration = apply(hasty, PET, atOnce).awaitReady();
        apply(hasty, PET_LESS_NAME, atOnce).awaitReady();
        assertWaits(migration, "contract.when: Immediately is raised to Approved");
        migration.approve("hasty");
        assertGone(migration);

        installed.upgrade("policy.contract=Approved");
        var pods = "contract: {podSelector: {matchLabels: {app: asked}}}";
        var asked = apply(server.fresh("asked"), PET, pods).awaitReady();
        new Idle("asked", "2").pod(namespace, "newer");
        apply(new PodDatabase(server, "asked"), PET_LESS_NAME, pods).awaitReady();
        assertWaits(asked, "contract.when: RolledOut needs an approval of each contract step besides");
        asked.approve("asked");
        assertGone(asked);
    }

    private static Migration apply(PodDatabase database, Map<String, String> scripts, String contract) {
        return Migration.apply(database, scripts, Migration.NO_BACKUP, "approval: Never", contract);
    }

    private static void assertWaits(Migration migration, String raised) {
        migration.await("a question", it -> it.getStatus().plan() != null, Migration.SETTLED_MAX);
        migration.awaitReady();
        assertThat(migration.condition("Raised").message()).contains(raised);
        assertThat(migration.condition("Contracted").reason()).isEqualTo("ApprovalNeeded");
        assertThat(migration.status().revision()).isEqualTo("1");
    }

    private static void assertGone(Migration migration) {
        migration
                .await("the contract", it -> "2".equals(it.getStatus().revision()), Migration.SETTLED_MAX)
                .awaitReady();
        assertThat(migration.condition("Contracted").status()).isEqualTo("True");
    }
}
