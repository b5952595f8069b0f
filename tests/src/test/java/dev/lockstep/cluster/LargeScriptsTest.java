package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How large scripts may be, as the reference says, and what it says to do beyond that.
@OnCluster
@Tag("nightly")
@TestInstance(PER_CLASS)
class LargeScriptsTest {
    private static final int KIB = 1024;

    private final PostgresPod server;
    private final Namespace namespace;

    @TempDir
    private Path folder;

    LargeScriptsTest(Installed installed, PostgresPod server) {
        this.server = server;
        this.namespace = server.namespace();
    }

    @Test
    void inline_scripts_have_128_kib_together() {
        var database = server.fresh("inline");
        var migration = Migration.apply(database, scripts(129 * KIB), Migration.NO_BACKUP);

        assertThat(migration.awaitTrouble("ScriptInvalid").message())
                .contains("at most 131072 are possible", "move them to a ConfigMap", "migrations.configMap");
        assertThat(migration.runs()).isEmpty();

        Migration.apply(database, scripts(128 * KIB), Migration.NO_BACKUP).awaitReady();
        assertWhole(database, 2);
    }

    /// `kubectl apply` would keep a copy of it in an annotation.
    @Test
    void a_config_map_has_1000_kib_and_is_applied_by_the_server() throws IOException {
        var database = server.fresh("mapped");
        var file = map(scripts(1000 * KIB));

        var refused = namespace.tryKubectl("apply", "--filename", file);
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.output()).contains("metadata.annotations: Too long");
        namespace.kubectl("apply", "--server-side", "--filename", file);
        var from = "migrations: {configMap: {name: large}}";
        var migration = Migration.apply(namespace, "mapped", database.member(), from, Migration.NO_BACKUP)
                .awaitReady();

        assertWhole(database, 10);
        migration.assertRuns(1);
        namespace.kubectl("apply", "--server-side", "--filename", map(scripts(1001 * KIB)));
        assertThat(migration.awaitTrouble("ScriptInvalid").message())
                .contains("at most 1024000 are possible", "migrations.image", "migrations.claim");
    }

    /// Each script's last statement is behind its padding.
    private static void assertWhole(PodDatabase database, int scripts) {
        assertThat(database.sql("SELECT count(*) FROM pg_tables WHERE tablename ~ '^pet_'"))
                .isEqualTo(Integer.toString(scripts));
    }

    private String map(Map<String, String> scripts) throws IOException {
        var manifest =
                Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "large"), "data", scripts);
        return Files.writeString(folder.resolve("large.json"), Serialization.asJson(manifest))
                .toString();
    }

    /// Scripts of a hundred KiB each, and one of what is left over.
    ///
    /// @param bytes of all, with their names
    private static Map<String, String> scripts(int bytes) {
        var scripts = new TreeMap<String, String>();
        for (int left = bytes; left > 0; ) {
            var name = "V%03d__pet.sql".formatted(scripts.size() + 1);
            var statement = "CREATE TABLE pet_%d (name text);\n".formatted(scripts.size() + 1);
            int length = Math.min(left, 100 * KIB) - name.length();
            scripts.put(name, "-- " + "x".repeat(length - statement.length() - 4) + "\n" + statement);
            left -= length + name.length();
        }
        return scripts;
    }
}
