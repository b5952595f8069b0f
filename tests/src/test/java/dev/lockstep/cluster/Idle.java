package dev.lockstep.cluster;

/// Code of an application that does nothing but declare which revision of one migration's schema it needs.
///
/// @param migration the SchemaMigration's name, and the label `app`
record Idle(String migration, String revision) {
    /// A pod of it, that runs.
    void pod(Namespace namespace, String name) {
        namespace.apply("apiVersion: v1\nkind: Pod\n" + labelled("metadata: {name: " + name + ", ", name, "Always"));
        namespace.kubectl("wait", "--for=condition=Ready", "pod/" + name, "--timeout=60s");
    }

    /// What a workload makes its pods of, for below `template:` at any depth.
    ///
    /// @param part their label `part`, for the workload's own selector
    /// @param restart the pods' restartPolicy
    String template(String part, String restart) {
        return labelled("metadata: {", part, restart);
    }

    private String labelled(String metadata, String part, String restart) {
        return metadata + """
                labels: {app: %1$s, part: %4$s}, annotations: {revision.lockstep.dev/%1$s: "%2$s"}}
                spec:
                  restartPolicy: %3$s
                  terminationGracePeriodSeconds: 0
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: app
                      image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                      imagePullPolicy: Never
                      command: [sleep, "600"]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(migration, revision, restart, part);
    }
}
