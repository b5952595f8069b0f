package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API server warns whoever applies a resource whose connection does not know who answers, as the chart has it
/// without a word.
@OnCluster
class TlsAdmissionTest {
    private static final String POLICY = "ValidatingAdmissionPolicy";
    private static final List<String> WEAK = List.of("disable", "prefer", "require");
    private static final List<String> STRONG = List.of("verify-ca, caSecretName: ca", "verify-full, caSecretName: ca");

    private final Namespace namespace;

    @TempDir
    private Path scratch;

    TlsAdmissionTest(Installed installed, Namespace namespace) {
        this.namespace = namespace;
    }

    @BeforeEach
    void await_the_policy() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> applied("disable", "").output().contains(POLICY));
    }

    @Test
    void who_applies_a_weaker_mode_is_warned() throws IOException {
        for (var mode : WEAK) {
            assertThat(applied(mode, ""))
                    .matches(Shell.Finished::succeeded)
                    .extracting(Shell.Finished::output)
                    .asString()
                    .contains("tls.mode " + mode + " does not know who answers");
        }
        for (var mode : STRONG) {
            assertThat(applied(mode, ""))
                    .matches(Shell.Finished::succeeded)
                    .extracting(Shell.Finished::output)
                    .asString()
                    .doesNotContain(POLICY);
        }
    }

    @Test
    void who_changes_something_else_is_not_warned_again() throws IOException {
        apply("disable", "suspend: true");

        assertThat(apply("disable", "suspend: true, onFailure: Downgrade").output())
                .doesNotContain(POLICY);
    }

    private Shell.Finished applied(String mode, String more) throws IOException {
        return run(mode, more, "--dry-run=server");
    }

    private Shell.Finished apply(String mode, String more) throws IOException {
        return run(mode, more, "--dry-run=none");
    }

    private Shell.Finished run(String mode, String more, String way) throws IOException {
        var file = Files.writeString(scratch.resolve("migration.yaml"), manifest(mode, more));
        return namespace.tryKubectl("apply", way, "--filename", file.toString());
    }

    static String manifest(String mode, String more) {
        return """
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: shop}
                spec:
                  {database: {postgresql: {host: db, database: shop, credentials: {secretName: shop}, tls: {mode: %s}}},
                  migrations: {inline: {V1__a.sql: select 1}}, backup: {when: Never}, %s}
                """.formatted(mode, more);
    }
}
