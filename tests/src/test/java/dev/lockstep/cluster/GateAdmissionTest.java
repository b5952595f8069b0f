package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The API server tells whoever applies a workload whose annotation and init-container disagree.
@OnCluster
@Isolated("it changes what the API server says to everybody")
class GateAdmissionTest {
    private static final String POLICY = "ValidatingAdmissionPolicy";
    private static final String ANNOTATED = "annotations: {revision.lockstep.dev/shop: '3'}";
    private static final String OTHERWISE = "annotations: {revision.lockstep.dev/other: '3'}";
    private static final String GATE = "initContainers: [{name: schema, image: runner, args: [await], env: [{name:"
            + " LOCKSTEP_REVISION, valueFrom: {fieldRef: {fieldPath: \"metadata.annotations['revision.lockstep.dev/shop']\"}}}]}],";

    private final Installed installed;
    private final Namespace namespace;

    @TempDir
    private Path scratch;

    GateAdmissionTest(Installed installed, Namespace namespace) {
        this.installed = installed;
        this.namespace = namespace;
    }

    @AfterEach
    void install_it_as_it_was() {
        installed.upgrade();
    }

    @Test
    void who_applies_a_workload_whose_gate_does_not_fit_is_told() throws IOException {
        installed.upgrade("gate.admission=Warn");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> applied(deployment(ANNOTATED, "")).output().contains(POLICY));

        assertThat(applied(deployment(ANNOTATED, "")))
                .matches(Shell.Finished::succeeded)
                .extracting(Shell.Finished::output)
                .asString()
                .contains("the pods declare revision.lockstep.dev/shop and no init-container waits");
        assertThat(applied(deployment(OTHERWISE, GATE)).output())
                .contains("from an annotation that the pods do not have");
        assertThat(applied(cronJob(ANNOTATED, "")).output()).contains("no init-container waits");
        assertThat(applied(cronJob("", GATE)).output()).contains("from an annotation that the pods do not have");
        for (var fits :
                new String[] {deployment(ANNOTATED, GATE), deployment("", ""), cronJob(ANNOTATED, GATE), cronJob("", "")
                }) {
            assertThat(applied(fits))
                    .matches(Shell.Finished::succeeded)
                    .extracting(Shell.Finished::output)
                    .asString()
                    .doesNotContain(POLICY);
        }
    }

    @Test
    void it_is_refused_where_the_chart_says_so() throws IOException {
        installed.upgrade("gate.admission=Deny", "tls.admission=Deny");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !applied(deployment(ANNOTATED, "")).succeeded());
        assertThat(applied(deployment(ANNOTATED, GATE)).succeeded()).isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !applied(TlsAdmissionTest.manifest("prefer", "")).succeeded());
        assertThat(applied(TlsAdmissionTest.manifest("verify-full, caSecretName: ca", ""))
                        .succeeded())
                .isTrue();
    }

    @Test
    void what_was_there_before_may_be_changed_elsewhere_and_go() throws IOException {
        apply(deployment(ANNOTATED, "").replaceFirst("spec: \\{", "spec: {replicas: 0, "));
        apply(cronJob(ANNOTATED, ""));
        installed.upgrade("gate.admission=Deny");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !applied(deployment(ANNOTATED, "")).succeeded());

        namespace.kubectl("patch", "cronjob/old", "--patch", "{\"spec\":{\"suspend\":true}}");
        namespace.kubectl("delete", "deployment/old", "--cascade=foreground", "--timeout=60s");
        assertThat(applied(old(cronJob(OTHERWISE, GATE))).succeeded()).isFalse();
    }

    private static String old(String yaml) {
        return yaml.replaceFirst("name: shop", "name: old");
    }

    private void apply(String yaml) throws IOException {
        assertThat(applied(old(yaml), "apply")).matches(Shell.Finished::succeeded);
    }

    private Shell.Finished applied(String yaml) throws IOException {
        return applied(yaml, "apply", "--dry-run=server");
    }

    private Shell.Finished applied(String yaml, String... verb) throws IOException {
        var file = Files.writeString(scratch.resolve("workload.yaml"), yaml);
        return namespace.tryKubectl(Stream.concat(Stream.of(verb), Stream.of("--filename", file.toString()))
                .toArray(String[]::new));
    }

    private static String template(String annotations, String gate) {
        return "template: {metadata: {labels: {app: shop}, %s}, spec: {%s restartPolicy: %%s, containers: [{name: app, image: app}]}}"
                .formatted(annotations, gate);
    }

    private static String deployment(String annotations, String gate) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec: {selector: {matchLabels: {app: shop}}, %s}
                """.formatted(template(annotations, gate).formatted("Always"));
    }

    private static String cronJob(String annotations, String gate) {
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: shop}
                spec: {schedule: "0 1 * * *", jobTemplate: {spec: {%s}}}
                """.formatted(template(annotations, gate).formatted("Never"));
    }
}
