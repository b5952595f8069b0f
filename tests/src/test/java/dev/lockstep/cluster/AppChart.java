package dev.lockstep.cluster;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What an application's chart holds: the Secret, the SchemaMigration and the Deployment of one release, each of the
/// database's name.
///
/// @param scripts file name to text
/// @param revision that the Deployment's pods declare
/// @param more further lines of the resource's spec
record AppChart(PodDatabase database, Map<String, String> scripts, String revision, List<String> more) {
    AppChart(PodDatabase database, Map<String, String> scripts, String revision) {
        this(database, scripts, revision, List.of());
    }

    /// Writes it into a folder of the database's name.
    ///
    /// @return that folder
    Path in(Path folder) throws IOException {
        var chart = folder.resolve(database.name());
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(
                chart.resolve("Chart.yaml"), "apiVersion: v2\nname: " + database.name() + "\nversion: 1.0.0\n");
        for (char kind : "smd".toCharArray()) {
            Files.writeString(chart.resolve("templates/" + kind + ".yaml"), manifest(kind));
        }
        return chart;
    }

    /// Runs a verb of `helm` that takes a release's name and a chart, for the release of the database's name.
    Shell.Finished helm(String verb, Path folder, String... more) throws IOException {
        var command = List.of(
                verb,
                database.name(),
                in(folder).toString(),
                "--namespace",
                database.server().namespace().name());
        var cluster = database.server().namespace().cluster();
        return cluster.tryHelm(Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
    }

    /// @param kind s, m or d
    String manifest(char kind) {
        return switch (kind) {
            case 's' -> secret();
            case 'm' -> migration();
            default -> deployment();
        };
    }

    private String secret() {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {username: %s, password: %s}
                """.formatted(database.secret(), database.owner(), PodDatabase.PASSWORD);
    }

    private String migration() {
        return """
                apiVersion: lockstep.dev/v1alpha1
                kind: SchemaMigration
                metadata: {name: %s}
                spec:
                  %s
                  migrations: {inline: %s}
                  %s
                """.formatted(
                        database.name(),
                        database.member(),
                        Serialization.asJson(scripts),
                        String.join(
                                "\n  ",
                                Stream.concat(Stream.of(Migration.NO_BACKUP), more.stream())
                                        .toList()));
    }

    private String deployment() {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}, annotations: {revision.lockstep.dev/%1$s: "%4$s"}}
                    spec:
                      automountServiceAccountToken: false
                      terminationGracePeriodSeconds: 1
                      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                      volumes: [{name: credentials, secret: {secretName: %2$s}}, {name: tmp, emptyDir: {}}]
                      initContainers:
                        - name: schema
                          image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                          imagePullPolicy: Never
                          args: [await, "--database=postgresql://%3$s@db:5432/%1$s", --tls=disable, --password-file=/credentials/password]
                          env: [{name: LOCKSTEP_REVISION, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['revision.lockstep.dev/%1$s']"}}}]
                          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                          volumeMounts: [{name: credentials, mountPath: /credentials}, {name: tmp, mountPath: /tmp}]
                      containers:
                        - name: app
                          image: docker.io/lockstep/postgres:18
                          imagePullPolicy: Never
                          command: [sleep, "600"]
                          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                """.formatted(database.name(), database.secret(), database.owner(), revision);
    }
}
