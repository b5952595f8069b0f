package dev.lockstep.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.lockstep.observed.Words;
import dev.lockstep.resource.SchemaMigration;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `kubectl lockstep` does what its guide says, for persons with no more rights than it says. The first test leaves the
/// backup that the others list.
@OnCluster
@TestInstance(PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(3)
class PluginTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WHO = "ada-lovelace";
    private static final Map<String, String> ONE =
            Map.of("V1__pet.sql", "CREATE TABLE pet (name text, age int);\nINSERT INTO pet VALUES ('${who}', 4711);\n");
    private static final Map<String, String> TWO = Map.of(
            "V1__pet.sql",
            requireNonNull(ONE.get("V1__pet.sql")),
            "V2__no_age.sql",
            "ALTER TABLE pet DROP COLUMN age;\n");
    private static final String CLAIM = "backup: {claimName: saved}";
    private static final String EXTERNAL = "backup: {method: External}";
    private static final String PLACEHOLDERS = "placeholders: {who: " + WHO + "}";

    private final Namespace namespace;
    private final PodDatabase shop;
    private final PodDatabase other;
    private final Path folder;
    private final Map<String, Person> people = new HashMap<>();

    PluginTest(Installed installed, PostgresPod server, @TempDir Path folder) {
        this.namespace = server.namespace();
        this.shop = server.fresh("shop");
        this.other = server.fresh("other");
        this.folder = folder;
    }

    @BeforeAll
    void migrate() {
        Person.roles(namespace);
        namespace.claim("saved");
        var first = Migration.apply(shop, ONE, CLAIM, PLACEHOLDERS);
        var second = Migration.apply(other, ONE, EXTERNAL, PLACEHOLDERS);
        first.awaitReady();
        second.awaitReady();
    }

    @Test
    @Order(1)
    void a_person_sees_what_waits_and_agrees_to_just_that_within_their_rights() {
        var migration = Migration.apply(shop, TWO, CLAIM, PLACEHOLDERS);
        migration.await("a plan", it -> it.getStatus().plan() != null, SOON);
        var viewer = person("viewer");
        var approver = person("approver", "lockstep-approve");

        var plan = viewer.run("plan", "shop").as(0);
        assertThat(plan.out())
                .contains("└─ 2 no age (contract up) LOSES DATA", "Agree with: kubectl lockstep approve shop");
        theSqlIsForThoseWhoMayReadIt(viewer);
        var hash = plan.hash();
        assertThat(viewer.run("approve", "shop", "--plan", hash, "--yes").as(6).err())
                .startsWith("Forbidden: schemamigrationapprovals.lockstep.dev is forbidden:")
                .contains("cannot create resource", "docs/guides/kubectl.md");
        assertThat(approver.run("approve", "shop").as(5).err()).contains("say --yes");
        assertThat(approver.run("approve", "shop", "--yes", "--plan", hash.replaceFirst(".$", "x"))
                        .as(8)
                        .err())
                .contains("has changed since it was shown");
        approver.run("approve", "sm/shop", "--yes", "--plan", hash).as(0);

        migration.await("revision 2", it -> "2".equals(it.getStatus().revision()), SOON);
        assertThat(viewer.run("status", "shop", "-w").as(0).out()).contains("Ready=True Settled, revision 2 -> 2");
        assertThat(viewer.run("status", "shop").as(0).out())
                .contains("├─ stage Settled, revision 2 -> 2", "2 no age (contract up", "├─ backup shop.public.")
                .doesNotContain("\u001b");
        assertThat(viewer.run("status", "-o", "json").as(0).out())
                .startsWith("[{")
                .contains("\"revision\":\"2\"");
    }

    private void theSqlIsForThoseWhoMayReadIt(Person viewer) {
        assertThat(viewer.run("plan", "shop", "--sql").as(6).err()).contains("jobs.batch is forbidden");
        assertThat(person("curious", "lockstep-sql")
                        .run("plan", "shop", "--sql")
                        .as(0)
                        .out())
                .endsWith("\n\n-- V2__no_age.sql\nALTER TABLE pet DROP COLUMN age;\n");
    }

    @Test
    @Order(2)
    void a_wish_is_taken_in_and_begun_once_another_agrees() {
        var asker = person("asker", "lockstep-ask");
        var migration = new Migration(namespace, "shop");

        asker.run("suspend", "shop").as(0);
        asker.run("retry", "shop").as(0);
        asker.run("take-over", "shop").as(0);
        assertThat(asker.run("status").as(0).out()).containsPattern("shop +True +Settled +2 +2");
        asker.run("resume", "shop").as(0);
        assertThat(migration.read().getSpec().suspend()).isFalse();
        migration.await("both words", PluginTest::heard, SOON);

        var backup = String.valueOf(requireNonNull(migration.status().backup()).name());
        assertThat(asked(asker, "stamp", "shop", "1")).startsWith("stamp 1 #");
        assertThat(asked(asker, "baseline", "shop", "1")).startsWith("baseline 1 #");
        assertThat(asked(asker, "restore", "shop", backup, "before"))
                .startsWith("restore " + backup + " into before #");
        assertThat(asked(asker, "accept", "shop")).startsWith("accept #");
        var said = asker.run("repair", "shop").as(0);
        assertThat(asker.run("repair", "shop").as(0).out())
                .as("asked twice it is one wish")
                .isEqualTo(said.out());
        var approver = person("approver", "lockstep-approve");
        approver.run("approve", "shop", "--yes", "--plan", said.hash()).as(0);
        migration.await("an end", it -> "Done".equals(amendment(it.getStatus()).result()), SOON);
    }

    @Test
    @Order(3)
    void backups_are_listed_by_a_pod_that_is_gone_afterwards() throws IOException, InterruptedException {
        var lister = person("lister", "lockstep-backups");
        var backup = requireNonNull(new Migration(namespace, "shop").status().backup());

        assertThat(lister.run("backups", "shop").as(0).out()).contains(backup.name() + "  at 1, " + backup.bytes());
        assertThat(listings()).isEmpty();

        var stuck = lister.start("backups", "shop", "--image", "docker.io/lockstep/none:here");
        Awaitility.await().atMost(SOON).until(() -> !listings().isEmpty());
        new ProcessBuilder("kill", "-INT", String.valueOf(stuck.pid())).start().waitFor();
        assertThat(stuck.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stuck.exitValue()).isEqualTo(130);
        Awaitility.await().atMost(SOON).until(() -> listings().isEmpty());
        assertThat(lister.run("backups", "other").as(8).err()).contains("keeps no backups in a claim");
    }

    @Test
    @Order(4)
    void the_log_is_the_newest_runs_and_a_report_quotes_no_row() throws IOException {
        var reader = person("reader", "lockstep-logs");
        var reporter = person("reporter", "lockstep-report");

        assertThat(reader.run("logs", "shop").as(0).out()).contains("at revision 2");
        assertThat(reader.run("logs", "shop", "-f").as(0).out()).contains("at revision 2");
        assertThat(reader.run("report", "shop", "--to", "r.tar.gz").as(0).err())
                .contains("not in it: jobs.yaml: Forbidden");

        assertThat(reporter.run("report", "shop", "--to", "a.tar.gz").as(0).err())
                .contains("not in it: operator: Forbidden");
        var all = Shell.run(List.of(
                        "tar", "-xOzf", reporter.folder().resolve("a.tar.gz").toString()))
                .output();
        assertThat(all)
                .contains(
                        "# Report on schemamigration/shop",
                        "SchemaMigration/shop: ",
                        "V2__no_age.sql",
                        "LOCKSTEP_ORDER")
                .doesNotContain(WHO, "4711", "DROP COLUMN", PodDatabase.PASSWORD);
        assertThat(Files.getPosixFilePermissions(reporter.folder().resolve("a.tar.gz")))
                .hasSize(2);
    }

    @Tag("nightly")
    @Test
    @Order(5)
    void an_external_backup_is_named_once_a_run_asks_for_it_and_what_is_not_there_is_told() {
        var asker = person("asker", "lockstep-ask");
        assertThat(asker.run("external-backup", "other", "snap-1").as(8).err())
                .contains("no run asks for a backup now");
        var migration =
                Migration.apply(other, TWO, EXTERNAL, PLACEHOLDERS, "approval: Never", "contract: {when: Immediately}");
        migration.awaitTrouble("BackupNeeded");

        assertThat(asker.run("status", "other").as(3).out()).contains("Ready=False BackupNeeded");
        asker.run("external-backup", "other", "snap-1").as(0);
        migration.awaitReady();

        assertThat(requireNonNull(migration.status().backup()).name()).isEqualTo("snap-1");
        assertThat(asker.run("status", "shoe").as(7).err())
                .contains("schemamigration/shoe: is not in namespace", "other, shop");
        assertThat(asker.run("status", "-A").as(6).err()).contains("at the cluster scope");
    }

    private Person person(String name, String... roles) {
        return people.computeIfAbsent(name, it -> Person.with(namespace, folder, it, roles));
    }

    private String asked(Person asker, String... words) {
        var said = asker.run(words).as(0).out();
        var amendment = amendment(new Migration(namespace, "shop").status());
        assertThat(said)
                .contains("kubectl lockstep approve shop -n " + namespace.name() + " --plan " + amendment.plan());
        return String.valueOf(amendment.words());
    }

    private static boolean heard(SchemaMigration resource) {
        var asked = Words.of(resource.getMetadata());
        var status = resource.getStatus();
        return asked.retry().equals(Optional.ofNullable(status.retried()))
                && asked.takeOver().equals(Optional.ofNullable(status.tookOver()));
    }

    private static Status.Amendment amendment(Status status) {
        return Optional.ofNullable(status.amendment()).orElse(new Status.Amendment(null, null, null, null, null));
    }

    private List<Pod> listings() {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app.kubernetes.io/name", "lockstep-backups")
                .list()
                .getItems();
    }
}
