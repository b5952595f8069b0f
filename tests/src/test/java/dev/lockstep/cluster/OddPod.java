package dev.lockstep.cluster;

import java.util.concurrent.TimeUnit;

/// Another server than a test class has, of the same image: a replica, a pooler, one that wants certificates.
final class OddPod {
    private static final int READY_SECONDS_MAX = 60;

    private OddPod() {}

    /// A Service and a pod of that name, whose files are those of the Secret `<name>-files`, if there is one.
    ///
    /// @param command for `bash`
    static void start(Namespace namespace, String name, String command) {
        namespace.apply(manifest(name, command));
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(name)
                .waitUntilReady(READY_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static String manifest(String name, String command) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {selector: {app: %1$s}, ports: [{port: 5432}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, labels: {app: %1$s}}
                spec:
                  automountServiceAccountToken: false
                  enableServiceLinks: false
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, fsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: server
                      image: docker.io/lockstep/postgres:18
                      imagePullPolicy: Never
                      command: [bash, -c, "%2$s"]
                      env: [{name: PASSWORD, value: superuser}]
                      readinessProbe: {exec: {command: [pg_isready, --host, 127.0.0.1]}, timeoutSeconds: 20, failureThreshold: 100}
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                      volumeMounts:
                        - {name: data, mountPath: /var/lib/postgresql}
                        - {name: files, mountPath: /tls}
                        - {name: files, mountPath: /init}
                  volumes: [{name: data, emptyDir: {}}, {name: files, secret: {secretName: %1$s-files, optional: true}}]
                """.formatted(name, command);
    }
}
