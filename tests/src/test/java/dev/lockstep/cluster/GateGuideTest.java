package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the guide to the gate has for pasting is pasted, and holds a pod back until its schema is there.
@OnCluster
@Tag("nightly")
class GateGuideTest {
    private static final String CERTIFICATES = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt
            openssl req -newkey rsa:2048 -nodes -subj /CN=orders-db -keyout tls.key -out csr
            echo "subjectAltName=DNS:orders-db" >names
            openssl x509 -req -in csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out tls.crt
            echo "create role app login password 'of-the-app'; create role keeper login password 'of-the-keeper'" >init.sql
            echo "; create database orders owner keeper;" >>init.sql
            """;
    private static final String DATABASE = "database: {postgresql: {host: orders-db, database: orders,"
            + " credentials: {secretName: keeper}, tls: {caSecretName: ca}}}";
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: app, annotations: {revision.lockstep.dev/orders: "1"}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: app, image: docker.io/lockstep/runner:0.1.0-SNAPSHOT, command: [sleep, "600"]}]
              volumes:
                - {name: credentials, secret: {secretName: app}}
                - {name: ca, secret: {secretName: ca}}
                - {name: tmp, emptyDir: {}}
            """;

    @TempDir
    private Path folder;

    /// The guide leaves the security context to its example, which is why the namespace asks for less here.
    @Test
    void the_lines_of_the_guide_hold_a_pod_back(Installed installed, Namespace namespace) throws IOException {
        namespace
                .cluster()
                .kubectl("label", "--overwrite", "ns", namespace.name(), "pod-security.kubernetes.io/enforce=baseline");
        Shell.script(CERTIFICATES, folder);
        secret(namespace, "orders-db-files", file("tls.crt"), file("tls.key"), file("init.sql"));
        secret(namespace, "ca", file("ca.crt"));
        secret(namespace, "app", "--from-literal=password=of-the-app");
        secret(namespace, "keeper", "--from-literal=username=keeper", "--from-literal=password=of-the-keeper");
        OddPod.start(namespace, "orders-db", "exec start");

        namespace.apply(POD + pasted());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> namespace
                        .tryKubectl("logs", "app", "--container=schema")
                        .output()
                        .contains("waiting: no migration has run in this schema yet"));
        var script = Migration.inline(Map.of("V1__pet.sql", "CREATE TABLE pet (name text);\n"));
        Migration.apply(namespace, "orders", DATABASE, script, Migration.NO_BACKUP)
                .awaitReady();

        namespace.kubectl("wait", "pod/app", "--for=condition=Ready", "--timeout=60s");
        assertThat(namespace.kubectl("logs", "app", "--container=schema"))
                .contains("its migration comes first", "revision 1 is there");
    }

    private static String pasted() throws IOException {
        var guide = Files.readString(Repository.root().resolve("docs/guides/gate.md"));
        var lines = guide.substring(guide.indexOf("```yaml\n") + 8);
        return lines.substring(0, lines.indexOf("```")).indent(2);
    }

    private String file(String name) {
        return "--from-file=" + folder.resolve(name);
    }

    private static void secret(Namespace namespace, String name, String... parts) {
        namespace.kubectl(Stream.concat(Stream.of("create", "secret", "generic", name), Stream.of(parts))
                .toArray(String[]::new));
    }
}
