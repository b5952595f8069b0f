package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Whoever installs the chart says how lax a resource may be.
@OnCluster
@Isolated("it changes what the operator lets everybody do")
class FloorTest {
    private static final Map<String, String> PET = Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n");
    private static final Map<String, String> PET_AND_AGE = Map.of(
            "V1__pet.sql", "CREATE TABLE pet (name text);\n", "V2__age.sql", "ALTER TABLE pet ADD COLUMN age int;\n");

    private final Installed installed;

    FloorTest(Installed installed) {
        this.installed = installed;
    }

    @AfterEach
    void install_it_as_it_was() {
        installed.upgrade();
    }

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
}
