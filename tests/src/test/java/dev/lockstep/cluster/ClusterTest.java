package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@OnCluster
class ClusterTest {
    private static final String RUNNER = """
            apiVersion: v1
            kind: Pod
            metadata: {name: runner}
            spec:
              restartPolicy: Never
              securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: runner
                  image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                  imagePullPolicy: Never
                  command: [pg_dump, --version]
                  securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
            """;

    @Test
    void the_runners_image_runs_restricted_and_has_a_pg_dump_for_postgresql_18(Namespace namespace) {
        namespace.apply(RUNNER);

        var pod = namespace.client().pods().inNamespace(namespace.name()).withName("runner");
        pod.waitUntilCondition(ClusterTest::ended, 30, TimeUnit.SECONDS);

        assertThat(pod.getLog()).contains("pg_dump (PostgreSQL) 18");
    }

    private static boolean ended(Pod pod) {
        return pod.getStatus() != null && "Succeeded".equals(pod.getStatus().getPhase());
    }
}
