package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What leaves the cluster in a report holds no secret and no row.
class RedactionTest {
    private static final String RESOURCE = """
            apiVersion: lockstep.dev/v1alpha1
            kind: SchemaMigration
            metadata:
              name: orders
              namespace: shop
              annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"who":"ada lovelace"}', team: blue}
              managedFields: [{manager: me}]
            spec:
              database: {postgresql: {host: db, database: orders, credentials: {secretName: owner}}}
              migrations: {inline: {V1__init.sql: "insert into pet values ('rex', 4711)"}}
              placeholders: {who: ada lovelace}
            status: {waitingFor: [what ada lovelace does]}
            """;
    private static final String JOB = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: orders-1}
            spec:
              template:
                spec:
                  containers:
                    - name: runner
                      env:
                        - {name: LOCKSTEP_ORDER, value: '{"run":"orders-1","files":{"placeholders":{"who":"ada lovelace"}}}'}
                        - {name: TOKEN, value: hunter2}
                        - {name: PASSWORD, valueFrom: {secretKeyRef: {name: owner, key: password}}}
            """;

    private final Standing standing = new Standing(Serialization.unmarshal(RESOURCE, SchemaMigration.class));
    private final Redaction redaction = Redaction.of(standing);

    @Test
    void a_resource_loses_its_scripts_its_placeholders_and_what_repeats_them() {
        var yaml = redaction.yaml(standing.resource());

        assertThat(yaml)
                .doesNotContain("ada lovelace", "rex", "4711", "insert", "last-applied", "managedFields")
                .contains("who: " + Redaction.BLACK, "V1__init.sql: \"" + Redaction.BLACK + " 36 characters, digest ")
                .contains("team: blue", "secretName: owner", "what " + Redaction.BLACK + " does");
    }

    @Test
    void a_job_keeps_its_order_and_no_other_value_of_its_environment() {
        var yaml = redaction.yaml(Serialization.unmarshal(JOB, Job.class));

        assertThat(yaml)
                .doesNotContain("ada lovelace", "hunter2")
                .contains("{\\\"run\\\":\\\"orders-1\\\",", "name: TOKEN", "value: " + Redaction.BLACK, "secretKeyRef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"progress\":1,\"step\":2,\"steps\":3,\"rows\":4500}",
                "[2/3] V2__age.sql",
                "      done in 12 ms (expand)",
                "      attempt 3 got no lock; in the way: pid 77, user app",
                "backup taken   orders.dump, 4711 bytes, verified",
                "at revision 3, 2 applied",
            })
    void the_runners_own_lines_stay(String line) {
        assertThat(LogRedaction.line(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ERROR: column "age" of relation "pet" does not exist             | ERROR: column "age" of relation "pet" does not exist
            ERROR: invalid input syntax for type integer: "hunter2"          | ERROR: invalid input syntax for type integer: BLACK
            ERROR: duplicate key value violates unique constraint "pet_pkey" | ERROR: duplicate key value violates unique constraint "pet_pkey"
            `  Detail: Key (email)=(ada@lovelace) already exists.`           | `  Detail: BLACK`
            Failing row contains (1, ada, null).                             | Failing row contains (BLACK).
            CHECK failed for 'ada' and 4711                                  | CHECK failed for BLACK and BLACK
            an unfinished 'ada lovelace                                      | an unfinished BLACK
            StatementFailed: V2__age.sql:3: refused (SQLSTATE 22P02)         | StatementFailed: V2__age.sql:3: refused (BLACK)
            """)
    void of_the_databases_words_those_stay_that_name_things(String said, String told) {
        assertThat(LogRedaction.line(said)).isEqualTo(told.replace("BLACK", Redaction.BLACK));
    }

    @Test
    void an_archive_is_one_that_tar_unpacks(@TempDir Path folder) throws IOException, InterruptedException {
        var texts = Map.of("report/README.md", "hello\n", "report/runs/a.txt", "x".repeat(1025));
        Files.write(folder.resolve("a.tar.gz"), Archive.of(texts, Instant.parse("2026-01-01T10:00:00Z")));

        var tar = new ProcessBuilder("tar", "-xzf", "a.tar.gz")
                .directory(folder.toFile())
                .inheritIO()
                .start();

        assertThat(tar.waitFor()).isZero();
        assertThat(folder.resolve("report/README.md")).hasContent("hello\n");
        assertThat(folder.resolve("report/runs/a.txt")).hasContent("x".repeat(1025));
        assertThat(Files.getLastModifiedTime(folder.resolve("report/README.md")).toInstant())
                .isEqualTo(Instant.parse("2026-01-01T10:00:00Z"));
    }

    @Test
    void a_readme_says_what_is_in_it_and_what_is_not() {
        var bundle = new Bundle("Report on x");
        bundle.add("events.txt", () -> "some");
        bundle.add("operator", () -> {
            throw new Refused(Problem.Kind.Forbidden, "", "pods is forbidden", "ask");
        });

        var files = bundle.files("report");

        assertThat(files.keySet()).containsExactly("report/README.md", "report/events.txt");
        assertThat(files.get("report/README.md"))
                .contains(
                        "# Report on x",
                        "- events.txt",
                        "- operator: Forbidden: pods is forbidden",
                        "Secrets: none was read");
        assertThat(bundle.missing()).isEqualTo(List.of("operator: Forbidden: pods is forbidden; ask"));
    }
}
