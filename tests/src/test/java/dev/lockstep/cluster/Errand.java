package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/// A pod that stays for a while, with a claim at `/claim`, to look at what is in it.
record Errand(Namespace namespace, String pod) implements AutoCloseable {
    private static final Set<String> STARTED = Set.of("Running", "Succeeded", "Failed");

    static Errand with(Namespace namespace, String claim) {
        var pod = "errand-" + claim;
        namespace.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 0
                  securityContext: {runAsNonRoot: true, fsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: errand
                      image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                      imagePullPolicy: Never
                      command: [sleep, "600"]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                      volumeMounts: [{name: claim, mountPath: /claim}]
                  volumes: [{name: claim, persistentVolumeClaim: {claimName: %s}}]
                """.formatted(pod, claim));
        var started = namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .waitUntilCondition(Errand::started, 60, TimeUnit.SECONDS);
        Assertions.assertEquals("Running", started.getStatus().getPhase());
        return new Errand(namespace, pod);
    }

    /// What a command in it prints; fails with it when it fails.
    String run(String... command) {
        return PostgresPod.run(namespace, pod, command);
    }

    private static boolean started(Pod pod) {
        return pod != null
                && pod.getStatus() != null
                && STARTED.contains(pod.getStatus().getPhase());
    }

    @Override
    public void close() {
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .withGracePeriod(0)
                .delete();
    }
}
