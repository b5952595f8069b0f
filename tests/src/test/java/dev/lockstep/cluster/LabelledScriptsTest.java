package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Scripts in a ConfigMap that says whose they are.
@OnCluster
class LabelledScriptsTest {
    private static final String PET = "CREATE TABLE pet (name text);\n";
    private static final String LABEL = "{lockstep.dev/migration: labelled}";
    private static final String AGE = "ALTER TABLE pet ADD COLUMN age int;\n";

    /// A settled resource whose ConfigMap has the label is looked at by nobody's clock, so that only the watch can
    /// have told. Nothing of the first run is still to be told when the ConfigMap changes.
    @Test
    void a_changed_script_starts_a_run_by_itself(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("labelled");
        apply(namespace, LABEL, Map.of("V1__pet.sql", PET));
        var migration = Migration.apply(
                        namespace,
                        "labelled",
                        database.member(),
                        "migrations: {configMap: {name: scripts}}",
                        Migration.NO_BACKUP)
                .awaitReady();
        namespace.kubectl("wait", "--for=condition=Complete", "job", "--all", "--timeout=30s");
        migration.assertRuns(1);

        apply(namespace, LABEL, Map.of("V1__pet.sql", PET, "V2__age.sql", AGE));

        migration.await("revision 2", it -> "2".equals(it.getStatus().revision()), Duration.ofSeconds(90));
        migration.assertRuns(2);
        assertThat(database.sql("SELECT count(age) FROM pet")).isEqualTo("0");
    }

    /// It is read again every half minute, for it may be anybody's.
    @Tag("nightly")
    @Test
    void one_that_does_not_say_whose_it_is_is_noticed_too(Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("plain");
        var from = "migrations: {configMap: {name: scripts}}";
        apply(namespace, "{}", Map.of("V1__pet.sql", PET));
        var migration = Migration.apply(namespace, "plain", database.member(), from, Migration.NO_BACKUP)
                .awaitReady();

        apply(namespace, "{}", Map.of("V1__pet.sql", PET, "V2__age.sql", AGE));

        migration.await("revision 2", it -> "2".equals(it.getStatus().revision()), Duration.ofSeconds(90));
    }

    private static void apply(Namespace namespace, String labels, Map<String, String> scripts) {
        namespace.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: scripts, labels: %s}
                data: %s
                """.formatted(labels, Serialization.asJson(scripts)));
    }
}
